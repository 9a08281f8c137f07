internal import Model

extension RuleStatus {
  /// The document that is applied to the status of a resource.
  func applied(to id: ResourceID) -> DocumentNode {
    .object([
      ("apiVersion", .text(OpenMetricsRule.apiVersion)),
      ("kind", .text(OpenMetricsRule.kind)),
      ("metadata", .object([("name", .text(id.name)), ("namespace", .text(id.namespace))])),
      ("status", document),
    ])
  }
}
