/// Text as it stands in help lines and label values.
///
/// Source: Prometheus "Exposition formats", "Comments, help text, and type information"; OpenMetrics 1.0 "Escaping".
/// The formats differ in one thing: quotes in help texts are escaped by OpenMetrics alone.
enum EscapedText {
  /// Appends text, with a backslash before backslashes and, where asked for, quotes; newlines become `\n`.
  static func append(_ text: String, to bytes: inout [UInt8], escapingQuotes: Bool) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\n"):
        bytes.append(contentsOf: #"\n"#.utf8)
      case UInt8(ascii: "\\"):
        bytes.append(contentsOf: #"\\"#.utf8)
      case UInt8(ascii: "\"") where escapingQuotes:
        bytes.append(contentsOf: #"\""#.utf8)
      default:
        bytes.append(byte)
      }
    }
  }
}
