/// A text as Go's yaml.v3 writes it.
///
/// Source: yaml.v3 `encode.go`, `resolve.go`, `emitterc.go`.
struct GoYAMLScalar {
  let text: String
  let style: GoYAMLStyle

  init(_ text: String) {
    self.text = text
    let facts = GoYAMLText(text)
    let wanted: GoYAMLStyle =
      text.unicodeScalars.contains("\n") ? .literal : GoYAMLPlain.isText(text) ? .plain : .doubleQuoted
    switch wanted {
    case .plain where facts.allowsPlain: style = .plain
    case .plain where facts.allowsSingleQuotes && !facts.hasLineBreaks: style = .singleQuoted
    case .literal where facts.allowsLiteral: style = .literal
    default: style = .doubleQuoted
    }
  }

  /// The text with quotes and escapes; a literal's as it is.
  var written: String {
    switch style {
    case .plain, .literal: text
    case .singleQuoted: "'" + Self.doubled(text) + "'"
    case .doubleQuoted: "\"" + text.unicodeScalars.map(Self.escaped).joined() + "\""
    }
  }

  /// What follows a literal's bar: a digit where its first line does not tell how far it is indented, and what becomes of
  /// the line breaks at its end.
  ///
  /// The digit is always that of a whole level of indentation, even where the block is indented by half of one. Who reads
  /// it as it is written does not get what was meant, and may get an error.
  var hints: String {
    let scalars = text.unicodeScalars
    let indentation = scalars.first.map { $0 == " " || GoYAMLText.isBreak($0) } ?? false ? "4" : ""
    guard let last = scalars.last, GoYAMLText.isBreak(last) else { return indentation + "-" }
    guard let previous = scalars.dropLast().last, !GoYAMLText.isBreak(previous) else { return indentation + "+" }
    return indentation
  }

  private static func doubled(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      result.unicodeScalars.append(scalar)
      if scalar == "'" { result.unicodeScalars.append(scalar) }
    }
    return result
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": "\\\""
    case "\\": "\\\\"
    case "\0": "\\0"
    case "\u{07}": "\\a"
    case "\u{08}": "\\b"
    case "\t": "\\t"
    case "\n": "\\n"
    case "\u{0B}": "\\v"
    case "\u{0C}": "\\f"
    case "\r": "\\r"
    case "\u{1B}": "\\e"
    case "\u{85}": "\\N"
    case "\u{2028}": "\\L"
    case "\u{2029}": "\\P"
    case _ where GoYAMLText.isPrintable(scalar): String(scalar)
    case _ where scalar.value <= 0xFF: "\\x" + hexadecimal(scalar, digits: 2)
    case _ where scalar.value <= 0xFFFF: "\\u" + hexadecimal(scalar, digits: 4)
    default: "\\U" + hexadecimal(scalar, digits: 8)
    }
  }

  private static func hexadecimal(_ scalar: Unicode.Scalar, digits: Int) -> String {
    GoText.hexadecimal(scalar.value, digits: digits).uppercased()
  }
}
