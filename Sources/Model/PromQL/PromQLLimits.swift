/// How much of an expression is looked at.
package struct PromQLLimits: Sendable {
  /// The longest text, in bytes.
  package var length: Int
  /// How deep parentheses, calls, signs and pending operators may be nested.
  package var nesting: Int
  /// How many errors are reported.
  package var errors: Int

  package init(length: Int = 1 << 20, nesting: Int = 500, errors: Int = 16) {
    self.length = length
    self.nesting = nesting
    self.errors = errors
  }
}
