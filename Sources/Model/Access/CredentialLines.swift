/// The lines of a file of tokens or passwords: without spaces around them, without those that are empty or
/// begin with `#`.
struct CredentialLines {
  /// Each with its number, counted from 1.
  let lines: [(number: Int, text: Substring)]

  init(_ text: String) {
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
      .map { (number: $0.offset + 1, text: Self.trimmed($0.element)) }
      .filter { !$0.text.isEmpty && $0.text.first != "#" }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }
}
