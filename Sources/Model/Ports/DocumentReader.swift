/// Reads YAML. JSON is read by it too, where no escape of a surrogate pair occurs in it.
package protocol DocumentReader: Sendable {
  /// The documents of a stream, in order. Aliases are resolved, and bounded with everything else: a text whose
  /// nodes, counted with those that aliases repeat, exceed the reader's limit is refused.
  ///
  /// - Throws: `DocumentError` for the first thing that is wrong.
  func documents(in text: [UInt8]) throws(DocumentError) -> [DocumentNode]
}
