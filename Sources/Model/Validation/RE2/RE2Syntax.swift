/// The regular expressions of label matchers: RE2's syntax, as Go's `regexp/syntax` reads it with the flags
/// `Perl | DotNL`, which Prometheus gives it.
///
/// Source: RE2's syntax table; behaviour compared with Go 1.27. Nothing is compiled and nothing is matched: one pass
/// over the bytes, on the heap and not on the stack for what is nested.
package enum RE2Syntax {
  /// The greatest count of a repetition, and the greatest product of counts that are nested in each other.
  package static let repetitionLimit = 1000
  /// The greatest depth of what is parsed.
  package static let depthLimit = 1000
  /// The greatest number of instructions of the compiled expression: 128 MiB of them in Go.
  package static let sizeLimit = (128 << 20) / 40

  /// Checks a pattern.
  ///
  /// - Throws: the first error, in Go's words.
  package static func check(_ pattern: String) throws(RE2SyntaxError) -> RE2Facts {
    try check(Array(pattern.utf8))
  }

  /// Checks a pattern that may hold any bytes, such as the value of a PromQL string with `\xff` in it.
  ///
  /// - Throws: the first error, in Go's words.
  package static func check(_ pattern: [UInt8]) throws(RE2SyntaxError) -> RE2Facts {
    var parser = RE2Parser(pattern)
    let whole = try parser.parse()
    return RE2Facts(
      matchesEmpty: whole.matchesEmpty, startsWithAnchor: whole.startsWithAnchor, endsWithAnchor: whole.endsWithAnchor,
      isLiteral: whole.isLiteral)
  }
}
