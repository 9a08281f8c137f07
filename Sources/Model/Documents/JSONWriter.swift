/// Writes JSON that is YAML, too: for Kubernetes, for rulers, and for ledgers.
///
/// Go's yaml.v3 reads what Cortex and Kubernetes are sent. It takes neither `\/` nor an escaped surrogate pair, no
/// character that YAML calls not printable, and folds what YAML 1.1 calls a line break; so those are escaped, and
/// everything else is written as UTF-8.
package struct JSONWriter {
  private var bytes: [UInt8] = []

  private init() {}

  /// The value in one line, in UTF-8.
  package static func bytes(of node: DocumentNode) -> [UInt8] {
    var writer = JSONWriter()
    writer.write(node)
    return writer.bytes
  }

  /// The value in one line.
  package static func text(of node: DocumentNode) -> String {
    String(decoding: bytes(of: node), as: UTF8.self)
  }

  private mutating func write(_ node: DocumentNode) {
    switch node.content {
    case .scalar(let text, .plain): write(plain: text)
    case .scalar(let text, _): write(string: text)
    case .sequence(let items):
      bytes.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        write(item)
      }
      bytes.append(UInt8(ascii: "]"))
    case .mapping(let fields):
      bytes.append(UInt8(ascii: "{"))
      for (index, field) in fields.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        write(string: field.name)
        bytes.append(UInt8(ascii: ":"))
        write(field.value)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Writes a plain scalar as the value that YAML takes it for, where JSON has one, else as text.
  private mutating func write(plain text: String) {
    switch PlainScalar(text) {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .truth(let isTrue): bytes.append(contentsOf: (isTrue ? "true" : "false").utf8)
    case .number(let number): bytes.append(contentsOf: number.utf8)
    case .text: write(string: text)
    }
  }

  private mutating func write(string: String) {
    bytes.append(UInt8(ascii: "\""))
    if string.utf8.allSatisfy(Self.isSimple) {
      bytes.append(contentsOf: string.utf8)
    } else {
      append(escaping: string)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isSimple(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private mutating func append(escaping text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": bytes.append(contentsOf: "\\\"".utf8)
      case "\\": bytes.append(contentsOf: "\\\\".utf8)
      case "\n": bytes.append(contentsOf: "\\n".utf8)
      case "\t": bytes.append(contentsOf: "\\t".utf8)
      case "\r": bytes.append(contentsOf: "\\r".utf8)
      case _ where !scalar.isPrintableInYAML:
        let digits = String(scalar.value, radix: 16)
        bytes.append(contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
      default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
  }
}
