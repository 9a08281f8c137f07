/// The namespaces of Kubernetes that count.
enum NamespaceSelection: Equatable {
  case all
  case named(Set<String>)
}
