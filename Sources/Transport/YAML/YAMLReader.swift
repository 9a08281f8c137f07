package import Model

/// Reads YAML with libyaml, and takes it as Go's yaml.v3 does, which Cortex and Prometheus read rules with: merge keys
/// are followed, and a key that stands twice is an error. Only UTF-8 is taken, and only scalars as keys.
///
/// Positions are those of the text; what an alias repeats is where its anchor is.
package struct YAMLReader: DocumentReader {
  /// What a text may take.
  package var limits: YAMLLimits

  package init(limits: YAMLLimits = YAMLLimits()) {
    self.limits = limits
  }

  package func documents(in text: [UInt8]) throws(DocumentError) -> [DocumentNode] {
    try withComposer(of: text) { composer throws(DocumentError) in try composer.documents() }
  }

  /// The keys of the first document, where it is a mapping, without keeping what is below them: for a large answer of
  /// which nothing else is of interest. Nothing where the text holds nothing.
  ///
  /// - Throws: `DocumentError` for the first thing that is wrong, or where the document is something else.
  package func keys(in text: [UInt8]) throws(DocumentError) -> [String] {
    try withComposer(of: text) { composer throws(DocumentError) in try composer.keys() }
  }

  private func withComposer<Result>(
    of text: [UInt8], _ body: (inout YAMLComposer) throws(DocumentError) -> Result
  ) throws(DocumentError) -> Result {
    guard text.count <= limits.maximumLength else {
      throw DocumentError("the text has more than \(limits.maximumLength) bytes")
    }
    return try text.withUnsafeBufferPointer { bytes throws(DocumentError) in
      // libyaml would indent the first line by it.
      let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
      let bytes = bytes.starts(with: mark) ? UnsafeBufferPointer(rebasing: bytes.dropFirst(mark.count)) : bytes
      var composer = YAMLComposer(YAMLParser(bytes), limits: limits)
      return try body(&composer)
    }
  }
}
