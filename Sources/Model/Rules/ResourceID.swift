/// The name of a resource of Kubernetes within its kind. In a directory of rules the namespace and name are
/// those that the document states.
package struct ResourceID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package var namespace: String
  package var name: String

  package init(namespace: String, name: String) {
    self.namespace = namespace
    self.name = name
  }

  package var description: String { "\(namespace)/\(name)" }

  package static func < (left: ResourceID, right: ResourceID) -> Bool {
    (left.namespace, left.name) < (right.namespace, right.name)
  }
}
