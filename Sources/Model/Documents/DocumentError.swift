/// Why a text is no document.
package struct DocumentError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  package var message: String
  /// Where, if that is known.
  package var position: SourcePosition?

  package init(_ message: String, at position: SourcePosition? = nil) {
    self.message = message
    self.position = position
  }

  package var description: String {
    position.map { "line \($0.line): \(message)" } ?? message
  }
}
