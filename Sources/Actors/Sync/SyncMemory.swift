package import Model
import Synchronization

/// What is remembered of every tenant. One pass at a time writes a tenant's record; anybody may read it.
package final class SyncMemory: Sendable {
  private let records = Mutex<[TenantID: TenantRecord]>([:])

  package init() {}

  /// How the groups of a tenant stand, as far as a pass has looked at them.
  package func reports(of tenant: TenantID) -> [LedgerKey: GroupReport] {
    record(of: tenant).groups.mapValues(\.report)
  }

  func record(of tenant: TenantID) -> TenantRecord {
    records.withLock { $0[tenant] ?? TenantRecord() }
  }

  func replace(_ record: TenantRecord, of tenant: TenantID) {
    records.withLock { $0[tenant] = record }
  }

  /// The hash of a group as the ruler had it when it was last looked at.
  func rulerHash(of key: LedgerKey, tenant: TenantID) -> ContentHash? {
    records.withLock { $0[tenant]?.rulerHashes[key] }
  }
}
