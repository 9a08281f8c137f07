/// Why a pattern is no regular expression of RE2.
package struct RE2SyntaxError: Error, Equatable, CustomStringConvertible {
  /// The kinds of errors, in Go's words.
  package enum Reason: String, Sendable, CaseIterable {
    case invalidCharacterRange = "invalid character class range"
    case invalidEscape = "invalid escape sequence"
    case invalidNamedCapture = "invalid named capture"
    case invalidPerlSyntax = "invalid or unsupported Perl syntax"
    case invalidRepetition = "invalid nested repetition operator"
    case invalidRepeatCount = "invalid repeat count"
    case invalidUTF8 = "invalid UTF-8"
    case missingBracket = "missing closing ]"
    case missingParenthesis = "missing closing )"
    case missingRepeatArgument = "missing argument to repetition operator"
    case trailingBackslash = "trailing backslash at end of expression"
    case unexpectedParenthesis = "unexpected )"
    case nestsTooDeeply = "expression nests too deeply"
    case tooLarge = "expression too large"
  }

  /// What is wrong.
  package let reason: Reason
  /// The part of the pattern that Go quotes.
  package let fragment: String
  /// Where in the pattern that part begins, in bytes.
  package let offset: Int

  package var description: String { "error parsing regexp: \(reason.rawValue): `\(fragment)`" }
}
