import Synchronization

/// Holds the current routing table: TenantRegistry replaces it, everybody else reads it without
/// awaiting.
package final class RoutingTableCell: Sendable {
  private let table: Mutex<RoutingTable>

  package init(_ table: RoutingTable) {
    self.table = Mutex(table)
  }

  /// The table in force now.
  package var current: RoutingTable {
    table.withLock { $0 }
  }

  /// Puts another table in force, for loads that are routed from now on.
  package func replace(with table: RoutingTable) {
    self.table.withLock { $0 = table }
  }
}
