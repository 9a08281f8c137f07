/// A pattern of a matcher that is no regular expression.
package struct PromQLPatternError: Error {
  /// What is wrong, in Go's words: `` error parsing regexp: missing closing ): `(` ``.
  package let message: String

  package init(message: String) {
    self.message = message
  }
}
