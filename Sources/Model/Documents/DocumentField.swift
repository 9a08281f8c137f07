/// A field of a mapping.
package struct DocumentField: Sendable {
  package var name: String
  package var value: DocumentNode
  /// Where the name stands.
  package var position: SourcePosition?

  package init(_ name: String, _ value: DocumentNode, at position: SourcePosition? = nil) {
    self.name = name
    self.value = value
    self.position = position
  }
}
