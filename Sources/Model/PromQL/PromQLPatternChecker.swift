/// Knows regular expressions, on behalf of the parser.
package protocol PromQLPatternChecker: Sendable {
  /// Whether a pattern matches the empty string as a whole.
  ///
  /// - Throws: what makes it no pattern of RE2.
  func matchesEmpty(_ pattern: String) throws(PromQLPatternError) -> Bool
}
