import Actors
import Model
import Transport

/// The users and passwords of an authenticator, from their file.
struct Passwords: WatchedFiles {
  let file: String
  let authenticator: Authenticator

  var files: [String] { [file] }

  func reload() throws {
    do {
      authenticator.replace(hashes: try PasswordFile(SmallFile.read(file)).hashes)
    } catch let error as CredentialFileError {
      throw UsageError("\(file): \(error)")
    }
  }
}
