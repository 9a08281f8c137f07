import Model

extension RuleComparison {
  /// Takes expressions for the same where they read the same to a ruler: some rulers print them in a form of their
  /// own.
  init(dialect: RulerDialect, parser: PromQLParser) {
    self.init(dialect: dialect) { left, right in
      guard let left = try? parser.parse(left), let right = try? parser.parse(right) else { return false }
      return left == right
    }
  }
}
