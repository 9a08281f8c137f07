/// Where in Kubernetes a group goes that was found in the ruler.
package struct ImportPlacement: Sendable, Equatable {
  package var template: NamespaceTemplate
  /// The namespaces that are watched; `nil`: all.
  package var namespaces: Set<String>?
  /// Where a group goes whose ruler namespace is no watched one's; `nil`: it stays in the ruler alone.
  package var fallback: String?

  package init(template: NamespaceTemplate = .identity, namespaces: Set<String>? = nil, fallback: String? = "default") {
    self.template = template
    self.namespaces = namespaces
    self.fallback = fallback
  }

  /// The namespace of Kubernetes for one of the ruler's; `nil` where it is not this informer's to import from.
  ///
  /// - Parameter inUse: the namespaces that have resources. Where all are watched, no others are known to exist.
  func namespace(for rulerNamespace: String, inUse: Set<String>) -> String? {
    guard template.covers(rulerNamespace) else { return nil }
    if let namespace = template.namespace(for: rulerNamespace), (namespaces ?? inUse).contains(namespace) {
      return namespace
    }
    return fallback
  }
}
