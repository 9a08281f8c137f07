internal import Model

/// A request to Kubernetes.
struct KubernetesCall: Sendable {
  let verb: KubernetesVerb
  let resource: ResourceKind
  /// `nil` for all.
  let namespace: String?
  /// `nil` for all.
  let name: String?
  /// Such as `status`.
  var subresource: String?
  /// In this order; the values are not escaped.
  var query: [(name: String, value: String)] = []
  var contentType = "application/json"
  var body: DocumentNode?

  init(_ verb: KubernetesVerb, _ resource: ResourceKind, in namespace: String?) {
    self.verb = verb
    self.resource = resource
    self.namespace = namespace
    name = nil
  }

  init(_ verb: KubernetesVerb, _ resource: ResourceKind, _ id: ResourceID) {
    self.verb = verb
    self.resource = resource
    namespace = id.namespace
    name = id.name
  }

  /// The path and query.
  var target: String {
    var target = resource.path(in: namespace)
    for segment in [name, subresource].compactMap(\.self) { target += "/\(PercentEncoding.encode(segment))" }
    let query = query.map { "\($0.name)=\(PercentEncoding.encode($0.value))" }
    return query.isEmpty ? target : "\(target)?\(query.joined(separator: "&"))"
  }

  /// Whether it does not wait its turn: a leader that has much to write must not cease to be one for that.
  var isUrgent: Bool { resource == .lease }

  /// What was to be done, for people.
  var summary: String {
    let subject = [resource.plural, subresource].compactMap(\.self).joined(separator: "/")
    let object = name.map { " \($0)" } ?? ""
    return "\(verb.rawValue) \(subject)\(object) in \(namespace.map { "namespace \($0)" } ?? "all namespaces")"
  }

  /// The permission that it takes, for people.
  var permission: String {
    let subject = [resource.plural, subresource].compactMap(\.self).joined(separator: "/")
    let group = resource.group.isEmpty ? "the core group" : "group \(resource.group)"
    let place = namespace.map { "in namespace \($0)" } ?? "in all namespaces (a ClusterRole)"
    return "\(verb.rawValue) on \(subject) of \(group) \(place)"
  }
}
