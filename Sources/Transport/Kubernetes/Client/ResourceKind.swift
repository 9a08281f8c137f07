internal import Model

/// A kind of resources of the Kubernetes API, and the paths to them.
struct ResourceKind: Sendable, Hashable {
  /// The group and version, such as `coordination.k8s.io/v1`; `v1` for the core group.
  let apiVersion: String
  /// Such as `Lease`.
  let kind: String
  /// Such as `leases`.
  let plural: String

  static let openMetricsRule = ResourceKind(
    apiVersion: OpenMetricsRule.apiVersion, kind: OpenMetricsRule.kind, plural: "openmetricsrules")
  static let configMap = ResourceKind(apiVersion: "v1", kind: "ConfigMap", plural: "configmaps")
  static let lease = ResourceKind(apiVersion: "coordination.k8s.io/v1", kind: "Lease", plural: "leases")
  static let event = ResourceKind(apiVersion: "events.k8s.io/v1", kind: "Event", plural: "events")

  /// The group; empty for the core group.
  var group: String {
    apiVersion.contains("/") ? String(apiVersion.prefix { $0 != "/" }) : ""
  }

  /// The path of all resources of the kind.
  ///
  /// - Parameter namespace: `nil` for all.
  func path(in namespace: String?) -> String {
    let root = group.isEmpty ? "/api" : "/apis"
    let place = namespace.map { "/namespaces/\(PercentEncoding.encode($0))" } ?? ""
    return "\(root)/\(apiVersion)\(place)/\(plural)"
  }

  /// The path of one resource.
  func path(of id: ResourceID) -> String {
    "\(path(in: id.namespace))/\(PercentEncoding.encode(id.name))"
  }
}
