/// Reads and checks expressions of PromQL, as the server of a dialect does when it is given a rule.
///
/// The work grows in proportion to the text. See Docs/PromQL.md for what differs from the servers' own parser.
package struct PromQLParser: Sendable {
  package let dialect: PromQLDialect
  package let features: PromQLFeatures
  package let limits: PromQLLimits
  let patterns: any PromQLPatternChecker
  let functions: [String: PromQLFunction]

  /// - Parameters:
  ///   - features: What is switched on; `nil` for what the dialect has on by default.
  ///   - patterns: Checks the patterns of matchers.
  package init(
    dialect: PromQLDialect = .cortex, features: PromQLFeatures? = nil, limits: PromQLLimits = PromQLLimits(),
    patterns: any PromQLPatternChecker
  ) {
    self.dialect = dialect
    self.features = features ?? dialect.defaultFeatures
    self.limits = limits
    self.patterns = patterns
    functions = PromQLFunctions.all(in: dialect)
  }

  /// Reads an expression.
  ///
  /// - Throws: all that is wrong with it, as far as that can be told.
  package func parse(_ text: String) throws(PromQLErrors) -> PromQLExpression {
    try parse(text.utf8Span.span)
  }

  /// Reads an expression that need not be UTF-8.
  ///
  /// - Throws: all that is wrong with it, as far as that can be told.
  package func parse(_ text: Span<UInt8>) throws(PromQLErrors) -> PromQLExpression {
    guard text.count <= limits.length else {
      let problem = PromQLProblem("expression is longer than \(limits.length) bytes", at: 0..<text.count)
      throw PromQLErrors(errors: [PromQLError(problem, in: text)])
    }
    var grammar = PromQLGrammar(text, parser: self)
    return try grammar.expression()
  }
}
