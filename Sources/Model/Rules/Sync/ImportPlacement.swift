/// Where in Kubernetes a group goes that was found in the ruler.
package struct ImportPlacement: Sendable, Equatable {
  package var template: NamespaceTemplate
  /// The resources that are watched.
  package var scope: WatchScope
  /// Where a group goes whose ruler namespace is no watched one's; `nil`: it stays in the ruler alone.
  package var fallback: String?

  package init(
    template: NamespaceTemplate = .identity, scope: WatchScope = WatchScope(), fallback: String? = "default"
  ) {
    self.template = template
    self.scope = scope
    self.fallback = fallback
  }

  /// The namespace of Kubernetes for one of the ruler's; `nil` where it is not this informer's to import from.
  ///
  /// - Parameter inUse: the namespaces that have resources. Where all are watched, no others are known to exist.
  func namespace(for rulerNamespace: String, inUse: Set<String>) -> String? {
    // A resource that would not be watched is none that anybody would keep in step.
    guard template.covers(rulerNamespace), scope.selector.labels != nil else { return nil }
    if let namespace = template.namespace(for: rulerNamespace), (scope.namespaces ?? inUse).contains(namespace) {
      return namespace
    }
    return fallback
  }
}
