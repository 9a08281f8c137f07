/// Knows regular expressions, on behalf of the parser.
package protocol PromQLPatternChecker: Sendable {
  /// Whether a pattern matches the empty string as a whole.
  ///
  /// - Parameter pattern: its bytes, which need not be UTF-8.
  /// - Throws: what makes it no pattern of RE2.
  func matchesEmpty(_ pattern: [UInt8]) throws(PromQLPatternError) -> Bool
}
