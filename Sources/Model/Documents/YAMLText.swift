/// Texts as scalars of YAML.
enum YAMLText {
  /// A text in one line: as it is where every reader takes that for this text, else in quotes.
  static func inLine(_ text: String) -> String {
    if canBePlain(text) { return text }
    let isPrintable = text.unicodeScalars.allSatisfy(\.isPrintableInYAML)
    return isPrintable ? inQuotes(text) : doubleQuoted(text)
  }

  /// A text in those quotes in which less has to be doubled or escaped.
  private static func inQuotes(_ text: String) -> String {
    let hasApostrophe = text.utf8.contains(UInt8(ascii: "'"))
    let needsEscapes = text.utf8.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
    return hasApostrophe && !needsEscapes ? doubleQuoted(text) : singleQuoted(text)
  }

  /// Whether a text can be a block in which every line stands as it is.
  ///
  /// Its first line must tell how far the block is indented, and so may not begin with space.
  static func canBeLiteral(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first != " ", first != "\t", first != "\n" else { return false }
    return text.utf8.contains(UInt8(ascii: "\n"))
      && text.unicodeScalars.allSatisfy { $0 == "\n" || $0.isPrintableInYAML }
  }

  private static func canBePlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, !indicators.contains(first), !text.hasPrefix("...") else {
      return false
    }
    // The end of a text counts as a space: a colon before it ends a name, and a space would be lost.
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      guard scalar != "\t", scalar.isPrintableInYAML, !separates(previous, scalar) else { return false }
      previous = scalar
    }
    return !separates(previous, " ") && previous != " " && !PlainScalar.isAmbiguous(text)
  }

  /// Whether two scalars end a plain text: they end a name, or begin a comment.
  private static func separates(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
    left == ":" && right == " " || left == " " && right == "#"
  }

  /// What may mean something else than text at the beginning of a scalar.
  private static let indicators = Set(" -?:,[]{}#&*!|>'\"%@`".unicodeScalars)

  private static func singleQuoted(_ text: String) -> String {
    // By scalars, for a quote and an accent after it are one character.
    var result = "'".unicodeScalars
    for scalar in text.unicodeScalars {
      result.append(scalar)
      if scalar == "'" { result.append(scalar) }
    }
    return String(result) + "'"
  }

  private static func doubleQuoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where scalar.isPrintableInYAML: result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        result += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)"
      }
    }
    return result + "\""
  }
}
