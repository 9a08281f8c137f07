/// A group of rules, as it is written: nothing is checked, and nothing is lost. Two groups are compared by their
/// canonical form.
package struct RuleGroup: Sendable {
  package var name: String
  /// How often the rules are evaluated, such as `1m`; empty where it is not given.
  package var interval: String
  /// `query_offset`, such as `30s`; `nil` where it is not given, which is not the same as `0s`.
  package var queryOffset: String?
  /// The greatest number of series or alerts of a rule, as it is written; empty where it is not given.
  package var limit: String
  /// Labels that all rules of the group get.
  package var labels: [String: String]
  /// In the order in which they are evaluated.
  package var rules: [Rule]
  /// Fields that this program does not know, which go where the group goes (`source_tenants` of Mimir and others).
  package var otherFields: [DocumentField]

  package init(
    name: String, interval: String = "", queryOffset: String? = nil, limit: String = "",
    labels: [String: String] = [:], rules: [Rule], otherFields: [DocumentField] = []
  ) {
    self.name = name
    self.interval = interval
    self.queryOffset = queryOffset
    self.limit = limit
    self.labels = labels
    self.rules = rules
    self.otherFields = otherFields
  }
}
