/// Where the ledgers are kept: ConfigMaps, or a file beside a directory of rules.
///
/// The versions are the fence between several informers: who saves on top of a version that is not the newest has lost
/// its leadership without knowing, and is refused.
package protocol LedgerStore: Sendable {
  /// The tenants that have a ledger.
  func tenants() async throws(LedgerFailure) -> Set<TenantID>

  /// A tenant's ledger and its version; an empty one without a version where there is none.
  func load(_ tenant: TenantID) async throws(LedgerFailure) -> VersionedLedger

  /// Replaces a tenant's ledger.
  ///
  /// - Parameter version: the one that the ledger was loaded with.
  /// - Returns: the new version.
  /// - Throws: `conflict` where it is not the newest version any more.
  func save(_ ledger: Ledger, of tenant: TenantID, over version: String?) async throws(LedgerFailure) -> String
}
