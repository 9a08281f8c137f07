/// Where a rule stands.
package struct RulePlace: Sendable, Hashable, CustomStringConvertible {
  /// The resource or file, with what is needed to find the group in it, such as `default/rules` or `rules.yaml`.
  package var source: String
  package var group: String
  /// The rule's place in its group, from 0.
  package var index: Int

  package init(source: String, group: String, index: Int) {
    self.source = source
    self.group = group
    self.index = index
  }

  package var description: String { "\(source) group \(GoQuoted.string(group)) rule \(index + 1)" }
}
