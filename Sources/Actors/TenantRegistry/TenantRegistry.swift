package import Logging
package import Model

/// Keeps the routing table in step with the sources of tenants. It is the table's only writer.
package actor TenantRegistry {
  private let updates: AsyncStream<TenantSet>
  private let routing: RoutingTableCell
  private let readiness: Readiness
  private let logger: Logger
  private var machine: TenantRegistryStateMachine

  /// - Parameters:
  ///   - updates: each element replaces what its source said before. The newest one a source is all
  ///     that counts, so the stream may drop older ones.
  ///   - expectedSources: the sources that have to speak before the process is ready.
  package init(
    policy: TenancyPolicy, updates: AsyncStream<TenantSet>, expectedSources: [String], routing: RoutingTableCell,
    readiness: Readiness, logger: Logger
  ) {
    self.updates = updates
    self.routing = routing
    self.readiness = readiness
    self.logger = logger
    machine = TenantRegistryStateMachine(policy: policy, expectedSources: expectedSources)
    if !expectedSources.isEmpty { Self.report(missing: expectedSources, to: readiness) }
  }

  /// Works until the stream of updates ends.
  package func run() async {
    for await set in updates {
      let actions = machine.received(set)
      for error in actions.invalidNames {
        logger.warning("\(set.source) names a tenant that cannot be one: \(error)")
      }
      if let table = actions.table {
        routing.replace(with: table)
        logger.info("allowed tenants: \(table.allowedTenants?.count ?? 0)")
      }
      Self.report(missing: actions.missingSources, to: readiness)
    }
  }

  private static func report(missing: [String], to readiness: Readiness) {
    if missing.isEmpty {
      readiness.clear(.routing)
    } else {
      readiness.block(.routing, "no list of tenants yet from \(missing.joined(separator: ", "))")
    }
  }
}
