/// Which resources an informer watches.
package struct WatchScope: Sendable, Equatable {
  /// The namespaces of Kubernetes; `nil`: all.
  package var namespaces: Set<String>?
  package var selector: ResourceSelector

  package init(namespaces: Set<String>? = nil, selector: ResourceSelector = .everything) {
    self.namespaces = namespaces
    self.selector = selector
  }

  /// What is noted of a resource that is watched.
  func sighting(in namespace: String) -> LedgerEntry.Sighting {
    LedgerEntry.Sighting(namespace: namespace, selector: selector.text)
  }

  func watches(_ namespace: String) -> Bool {
    namespaces?.contains(namespace) != false
  }

  /// Whether a resource that was seen so would be seen now, too, if it were still there.
  func covers(_ sighting: LedgerEntry.Sighting) -> Bool {
    watches(sighting.namespace) && (selector.text.isEmpty || selector.text == sighting.selector)
  }
}
