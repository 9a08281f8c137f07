/// Texts that those who write and read them get wrong.
package struct RandomText {
  private static let pieces = [
    "", " ", "  ", "\n", "\n\n", "\t", "\r", "\r\n", ":", ": ", " #", "#", "-", "- ", "?", "? ", "'", "\"", "\\", "\\n",
    "%", "@", "`", "|", ">", "&a", "*a", "!", "!!str", "{", "}", "[", "]", ",", "---", "...", "---\n", "<<", "=", "~",
    "null", "yes", "No", "on", "true", "0x1F", "0o7", "010", "1e3", "1_000", ".inf", ".nan", "12:30", "2001-12-14",
    "+1",
    "é", "e\u{301}", "\u{301}", "😀", "\u{0}", "\u{7}", "\u{1B}", "\u{7F}", "\u{85}", "\u{A0}", "\u{2028}", "\u{2029}",
    "\u{FEFF}", "\u{FFFD}", "\u{FFFE}", "\u{FFFF}", "\u{E000}", "\u{10FFFF}", "a", "Z", "up{a=\"b\"} == 0", "{{ $x }}",
    "sum(\n  up\n)", "x: y\n  - z",
  ]

  /// A text of some pieces.
  package static func make(_ random: inout SplitMix64, pieces count: Int = 5) -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0...random.below(count) {
      if random.oneIn(6), let scalar = Unicode.Scalar(UInt32(random.below(0x300))) {
        scalars.append(scalar)
      } else {
        scalars.append(contentsOf: random.pick(pieces).unicodeScalars)
      }
    }
    return String(scalars)
  }
}
