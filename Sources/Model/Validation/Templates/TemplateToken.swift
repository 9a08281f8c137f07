/// A piece of a template.
struct TemplateToken {
  enum Kind {
    /// Something that is no token; the lexer has the reason.
    case error
    case end
    /// Text outside of actions.
    case text
    /// `{{` and `}}`.
    case leftDelimiter, rightDelimiter
    /// A run of spaces inside an action, where it separates arguments.
    case space
    case leftParenthesis, rightParenthesis
    /// `|`, `=` and `:=`.
    case pipe, assign, declare
    /// Any other character.
    case character
    /// `true` and `false`.
    case boolean
    case characterConstant, number, complexNumber
    case string, rawString
    /// The name of a function.
    case identifier
    /// `.Labels`.
    case field
    /// `$value`; `$` alone.
    case variable
    // Words with a meaning of their own, of which the dot is one.
    case dot, null
    case blockWord, breakWord, continueWord, defineWord, elseWord, endWord, ifWord, rangeWord, templateWord, withWord
  }

  var kind: Kind
  /// Where it stands in the text, in bytes.
  var range: Range<Int>
  /// The line on which it begins, from 1.
  var line: Int

  static let words: [String: Kind] = [
    "nil": .null, "block": .blockWord, "break": .breakWord, "continue": .continueWord, "define": .defineWord,
    "else": .elseWord, "end": .endWord, "if": .ifWord, "range": .rangeWord, "template": .templateWord,
    "with": .withWord, "true": .boolean, "false": .boolean,
  ]

  /// Whether Go shows it in angle brackets.
  var isWord: Bool {
    switch kind {
    case .dot, .null, .blockWord, .breakWord, .continueWord, .defineWord, .elseWord, .endWord, .ifWord, .rangeWord,
      .templateWord, .withWord:
      true
    default: false
    }
  }
}
