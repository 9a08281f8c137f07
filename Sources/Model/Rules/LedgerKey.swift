/// A group of a tenant.
package struct LedgerKey: Hashable, Comparable, Sendable {
  package var namespace: String
  package var group: String

  package init(namespace: String, group: String) {
    self.namespace = namespace
    self.group = group
  }

  /// By bytes: a ruler tells names apart that Unicode calls equal.
  package static func == (left: LedgerKey, right: LedgerKey) -> Bool {
    left.namespace.utf8.elementsEqual(right.namespace.utf8) && left.group.utf8.elementsEqual(right.group.utf8)
  }

  package static func < (left: LedgerKey, right: LedgerKey) -> Bool {
    (left.namespace, left.group) < (right.namespace, right.group)
  }
}
