/// What is wrong with a file of tokens or passwords. Says where, and nothing of what is there.
package struct CredentialFileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Counted from 1; `nil` where it is about the file as a whole.
  package let line: Int?
  package let reason: String

  package init(line: Int? = nil, _ reason: String) {
    self.line = line
    self.reason = reason
  }

  package var description: String { line.map { "line \($0): \(reason)" } ?? reason }
}
