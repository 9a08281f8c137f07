/// A file that cannot be read.
package struct SmallFileError: Error, Sendable, Equatable, CustomStringConvertible {
  let path: String
  let reason: String

  package var description: String { "\(path): \(reason)" }
}
