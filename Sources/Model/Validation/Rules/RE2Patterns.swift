/// The patterns of matchers, checked as RE2.
package struct RE2Patterns: PromQLPatternChecker {
  package init() {}

  package func matchesEmpty(_ pattern: [UInt8]) throws(PromQLPatternError) -> Bool {
    do {
      return try RE2Syntax.check(pattern).matchesEmpty
    } catch {
      throw PromQLPatternError(message: error.description)
    }
  }
}
