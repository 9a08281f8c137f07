internal import Model
internal import Synchronization

/// What the proxy says to the upstream in `Authorization`: from a file, and from there again when it
/// changes.
package final class UpstreamAuthorization: WatchedFiles {
  /// What the file holds.
  package enum Form: Sendable {
    /// `user:password` on one line.
    case basic
    /// A token on one line.
    case bearer
  }

  private struct State {
    var field: String
    var version = 0
  }

  private let file: String
  private let form: Form
  private let state: Mutex<State>

  /// Reads the file.
  ///
  /// - Throws: `SmallFileError`, `CredentialFileError`; neither tells what the file holds.
  package init(file: String, form: Form) throws {
    self.file = file
    self.form = form
    state = Mutex(State(field: try Self.read(file, form)))
  }

  package var files: [String] { [file] }

  package func reload() throws {
    let field = try Self.read(file, form)
    state.withLock { state in
      state.field = field
      state.version += 1
    }
  }

  /// The header field as a line, and a number that is another after every change.
  var current: (field: String, version: Int) {
    state.withLock { ($0.field, $0.version) }
  }

  /// The header field's value alone.
  var value: String {
    String(current.field.dropFirst("Authorization: ".count))
  }

  private static func read(_ file: String, _ form: Form) throws -> String {
    let text = try SmallFile.read(file)
    let lines = text.split(whereSeparator: \.isNewline)
    guard lines.count == 1, let line = lines.first, !line.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw UpstreamAuthorizationError(file: file, reason: "must have one line, without control characters")
    }
    switch form {
    case .bearer:
      guard line.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
        throw UpstreamAuthorizationError(file: file, reason: "a token has only visible characters of ASCII")
      }
      return "Authorization: Bearer \(line)"
    case .basic:
      guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else {
        throw UpstreamAuthorizationError(file: file, reason: "is not of the form user:password")
      }
      return "Authorization: Basic \(Base64.encode(Array(line.utf8)))"
    }
  }
}
