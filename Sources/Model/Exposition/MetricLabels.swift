/// The labels of one sample, in the order in which they are written. The text is made once: both formats write
/// labels alike.
package struct MetricLabels: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// `name="value"` pairs with commas between them, without the braces.
  package let text: [UInt8]

  /// - Precondition: every name matches `[a-zA-Z_][a-zA-Z0-9_]*`, does not begin with two underscores, and is not
  ///   `le`, which histograms need for themselves.
  package init(_ labels: some Sequence<(name: String, value: String)>) {
    var text: [UInt8] = []
    for label in labels {
      Self.checkName(label.name)
      if !text.isEmpty { text.append(UInt8(ascii: ",")) }
      text.append(contentsOf: label.name.utf8)
      text.append(contentsOf: "=\"".utf8)
      EscapedText.append(label.value, to: &text, escapingQuotes: true)
      text.append(UInt8(ascii: "\""))
    }
    self.text = text
  }

  package init(dictionaryLiteral elements: (String, String)...) {
    self.init(elements.map { (name: $0.0, value: $0.1) })
  }

  /// Stops the program where a label has an impossible name. Names of labels stand in the source, never in input.
  package static func checkName(_ name: String) {
    precondition(isValid(name), "invalid label name \"\(name)\"")
  }

  private static func isValid(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= first) else { return false }
    guard !name.hasPrefix("__"), name != "le" else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
      default: false
      }
    }
  }
}
