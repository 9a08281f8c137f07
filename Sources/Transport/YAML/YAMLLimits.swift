/// What keeps a YAML document from taking more memory than it is worth.
package struct YAMLLimits: Sendable, Equatable {
  /// The greatest length of a text in bytes.
  package var maximumLength: Int
  /// The greatest number of nodes in all documents of a text, counted with those that aliases repeat. A node takes
  /// about a hundred bytes beside its text.
  package var maximumNodes: Int
  /// How deep mappings and sequences may be nested, with those that aliases bring.
  package var maximumDepth: Int

  package init(maximumLength: Int = 64 << 20, maximumNodes: Int = 2_000_000, maximumDepth: Int = 64) {
    self.maximumLength = maximumLength
    self.maximumNodes = maximumNodes
    self.maximumDepth = maximumDepth
  }
}
