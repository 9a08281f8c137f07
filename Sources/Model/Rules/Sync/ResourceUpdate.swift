/// A resource with what the ruler has changed in its groups: one write for all of them.
package struct ResourceUpdate: Sendable {
  /// The resource as it is to be, with the version that it was read with.
  package var resource: OpenMetricsRule
  package var takeovers: [LedgerKey: GroupTakeover]
}

extension Plan {
  /// The resources to write, by namespace and name.
  ///
  /// - Parameter index: the one that the plan was made with.
  package func resourceUpdates(in index: ResourceIndex) -> [ResourceUpdate] {
    var takeovers: [ResourceID: [LedgerKey: GroupTakeover]] = [:]
    for step in steps {
      guard case .takeOver(let takeover) = step.action, let id = step.resource else { continue }
      takeovers[id, default: [:]][step.key] = takeover
    }
    guard !takeovers.isEmpty else { return [] }
    return index.resources.lazy.map(\.rule).filter { takeovers[$0.id] != nil }.map { rule in
      rule.updated(with: takeovers[rule.id] ?? [:])
    }.sorted { $0.resource.id < $1.resource.id }
  }
}

extension OpenMetricsRule {
  fileprivate func updated(with takeovers: [LedgerKey: GroupTakeover]) -> ResourceUpdate {
    let groups = Dictionary(takeovers.map { ($0.key.group, $0.value.group) }) { first, _ in first }
    var rule = self
    rule.groups = rule.groups.map { group in
      group.name.flatMap { groups[$0] }.map { .group($0) } ?? group
    }
    return ResourceUpdate(resource: rule, takeovers: takeovers)
  }
}
