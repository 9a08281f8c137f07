import Actors
import Model
import Transport

/// The tokens of an authenticator, from their file.
struct BearerTokens: WatchedFiles {
  let file: String
  let authenticator: Authenticator

  var files: [String] { [file] }

  func reload() throws {
    do {
      authenticator.replace(tokens: try TokenFile(SmallFile.read(file)).tokens)
    } catch let error as CredentialFileError {
      throw UsageError("\(file): \(error)")
    }
  }
}
