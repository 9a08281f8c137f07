/// What both sides last agreed on, for one tenant: the base of the three-way merge.
package struct Ledger: Sendable, Equatable {
  /// By ruler namespace and group.
  package var entries: [LedgerKey: LedgerEntry]

  package init(entries: [LedgerKey: LedgerEntry] = [:]) {
    self.entries = entries
  }
}
