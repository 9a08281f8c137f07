/// Which resources an informer watches.
package struct WatchScope: Sendable, Equatable {
  /// The namespaces of Kubernetes; `nil`: all.
  package var namespaces: Set<String>?
  package var selector: ResourceSelector

  package init(namespaces: Set<String>? = nil, selector: ResourceSelector = .everything) {
    self.namespaces = namespaces
    self.selector = selector
  }
}
