/// A kind of objects that a ``FakeCluster`` knows.
package struct FakeKind: Hashable, Sendable {
  package let apiVersion: String
  package let kind: String
  package let plural: String
  let hasStatus: Bool

  package static let openMetricsRule = FakeKind(
    apiVersion: "open-metrics.vgs.io/v1", kind: "OpenMetricsRule", plural: "openmetricsrules", hasStatus: true)
  package static let configMap = FakeKind(apiVersion: "v1", kind: "ConfigMap", plural: "configmaps", hasStatus: false)
  package static let lease = FakeKind(
    apiVersion: "coordination.k8s.io/v1", kind: "Lease", plural: "leases", hasStatus: false)
  package static let event = FakeKind(
    apiVersion: "events.k8s.io/v1", kind: "Event", plural: "events", hasStatus: false)

  static let all = [openMetricsRule, configMap, lease, event]

  var group: String { apiVersion.contains("/") ? String(apiVersion.prefix { $0 != "/" }) : "" }

  /// As errors name it, such as `leases.coordination.k8s.io`.
  var qualified: String { group.isEmpty ? plural : "\(plural).\(group)" }
}
