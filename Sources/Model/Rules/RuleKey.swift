/// What identifies a rule group in the ruler, and so what is kept in step.
package struct RuleKey: Hashable, Comparable, Sendable, CustomStringConvertible {
  package var tenant: TenantID
  /// The ruler's namespace, not Kubernetes'.
  package var namespace: String
  /// The group's name.
  package var group: String

  package init(tenant: TenantID, namespace: String, group: String) {
    self.tenant = tenant
    self.namespace = namespace
    self.group = group
  }

  package var description: String { "\(tenant)/\(namespace)/\(group)" }

  package static func < (left: RuleKey, right: RuleKey) -> Bool {
    (left.tenant, left.namespace, left.group) < (right.tenant, right.namespace, right.group)
  }
}
