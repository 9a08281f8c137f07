/// A ledger, and what tells its states apart in its store.
package struct VersionedLedger: Sendable {
  package var ledger: Ledger
  /// `nil` where the store has none yet.
  package var version: String?

  package init(_ ledger: Ledger, version: String?) {
    self.ledger = ledger
    self.version = version
  }
}
