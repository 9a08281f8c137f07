/// A file with a certificate or a key that cannot be used.
package struct TLSFileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file's path.
  package let file: String
  /// What is wrong with it.
  package let reason: String

  package var description: String { "\(file): \(reason)" }
}
