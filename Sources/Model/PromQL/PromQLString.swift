/// The value of a string, a label or a name in an expression.
///
/// Nearly always that is text. Escapes such as `\xff` can make bytes of it that are no UTF-8, which are kept.
package struct PromQLString: Hashable, Sendable {
  /// The value as text. What is no UTF-8 in it is U+FFFD here.
  package let text: String
  /// The value as it is, where it is no UTF-8.
  private let brokenText: [UInt8]?

  package init(_ text: String) {
    self.init(text: text, brokenText: nil)
  }

  private init(text: String, brokenText: [UInt8]?) {
    self.text = text
    self.brokenText = brokenText
  }

  /// The value as it is.
  package var bytes: [UInt8] { brokenText ?? Array(text.utf8) }

  /// Whether the value is UTF-8.
  package var isText: Bool { brokenText == nil }

  /// The value between double quotes, escaped as Go does it.
  package var quoted: String {
    guard let brokenText else { return GoQuoted.string(text) }
    return GoQuoted.string(brokenText.span)
  }

  /// Reads a string with its quotes, which the lexer has found to be sound.
  init(literal: Span<UInt8>) {
    let contents = literal.extracting(1..<literal.count - 1)
    guard literal[0] != UInt8(ascii: "`"), contents.contains(UInt8(ascii: "\\")) else {
      self.init(String(repairing: contents))
      return
    }
    let unescaped = Self.unescaped(contents)
    let text = String(decoding: unescaped, as: UTF8.self)
    self.init(text: text, brokenText: text.utf8.elementsEqual(unescaped) ? nil : unescaped)
  }

  private static func unescaped(_ contents: Span<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(contents.count)
    var position = 0
    while position < contents.count {
      let byte = contents[position]
      position += 1
      if byte == UInt8(ascii: "\\") {
        appendEscape(at: &position, of: contents, to: &result)
      } else {
        result.append(byte)
      }
    }
    return result
  }

  private static func appendEscape(at position: inout Int, of contents: Span<UInt8>, to result: inout [UInt8]) {
    let byte = contents[position]
    position += 1
    switch byte {
    case UInt8(ascii: "a"): result.append(0x07)
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "v"): result.append(0x0B)
    case UInt8(ascii: "x"): result.append(UInt8(truncatingIfNeeded: number(digits: 2, base: 16, &position, contents)))
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      position -= 1
      result.append(UInt8(truncatingIfNeeded: number(digits: 3, base: 8, &position, contents)))
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let value = number(digits: byte == UInt8(ascii: "u") ? 4 : 8, base: 16, &position, contents)
      result += Unicode.Scalar(value).flatMap { UTF8.encode($0) } ?? UTF8.encodedReplacementCharacter
    default: result.append(byte)
    }
  }

  private static func number(
    digits: Int, base: UInt32, _ position: inout Int, _ contents: Span<UInt8>
  ) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<digits {
      value = value &* base &+ (PromQLLexer.value(ofDigit: contents[position]) ?? 0)
      position += 1
    }
    return value
  }
}

extension Span<UInt8> {
  fileprivate func contains(_ byte: UInt8) -> Bool {
    for index in indices where self[index] == byte { return true }
    return false
  }
}
