/// What makes two rules of a tenant the same: the name and the labels that their series, or their alerts, get.
struct RuleIdentity: Hashable {
  let isAlert: Bool
  let name: String
  private let labels: [String]

  /// `nil` for a rule that is neither a recording rule nor an alert, or both.
  init?(of rule: Rule, in group: RuleGroup) {
    guard rule.record.isEmpty != rule.alert.isEmpty else { return nil }
    isAlert = !rule.alert.isEmpty
    name = rule.recordOrAlert
    let all = group.labels.isEmpty ? rule.labels : group.labels.merging(rule.labels) { $1 }
    // Length first, so that no two lists of labels run together as the same text. An empty value is no label.
    labels = all.filter { !$0.value.isEmpty }.map { "\($0.key.utf8.count):\($0.key)=\($0.value)" }.sorted()
  }
}
