/// Which resources count, and in whose name things are said about them.
package struct KubernetesRuleStoreConfiguration: Sendable {
  /// The namespaces whose resources count; `nil` for all.
  package var namespaces: Set<String>?
  /// The labels that resources must have, as Kubernetes writes selectors; empty for any.
  package var selector: String
  /// How often all resources are listed anew, beside being watched; `nil` for never.
  package var resync: Duration?
  /// The name of this process, such as the pod's; at most 128 bytes of it are kept.
  package var instance: String
  /// How many events about resources wait to be written; further ones are dropped.
  package var eventBacklog: Int

  package init(
    namespaces: Set<String>?, selector: String = "", resync: Duration? = nil, instance: String, eventBacklog: Int = 256
  ) {
    self.namespaces = namespaces
    self.selector = selector
    self.resync = resync
    self.instance = instance
    self.eventBacklog = eventBacklog
  }
}
