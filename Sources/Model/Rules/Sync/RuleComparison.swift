/// When two groups count as the same.
package struct RuleComparison: Sendable {
  package var dialect: RulerDialect
  /// Whether two expressions that are spelled differently mean the same.
  package var expressionsAreEqual: @Sendable (String, String) -> Bool

  package init(
    dialect: RulerDialect = .cortex, expressionsAreEqual: @escaping @Sendable (String, String) -> Bool = { $0 == $1 }
  ) {
    self.dialect = dialect
    self.expressionsAreEqual = expressionsAreEqual
  }

  /// The hash of a group's canonical form.
  package func hash(_ group: RuleGroup) -> ContentHash {
    CanonicalGroup(group, dialect: dialect).hash
  }

  func areEqual(_ left: RuleGroup, _ right: RuleGroup) -> Bool {
    CanonicalGroup(left, dialect: dialect).isEquivalent(
      to: CanonicalGroup(right, dialect: dialect), expressionsAreEqual: expressionsAreEqual)
  }

  /// Whether a ruler may well have made the one group of the other.
  func isRendering(_ group: RuleGroup, of written: RuleGroup) -> Bool {
    group.isRendering(of: written, dialect: dialect, expressionsAreEqual: expressionsAreEqual)
  }
}
