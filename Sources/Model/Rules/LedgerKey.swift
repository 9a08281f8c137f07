/// A group of a tenant.
package struct LedgerKey: Hashable, Comparable, Sendable {
  package var namespace: String
  package var group: String

  package init(namespace: String, group: String) {
    self.namespace = namespace
    self.group = group
  }

  package static func < (left: LedgerKey, right: LedgerKey) -> Bool {
    (left.namespace, left.group) < (right.namespace, right.group)
  }
}
