package import Model

/// What passes read and write.
package struct SyncPorts: Sendable {
  package var ruler: any RulerClient
  package var store: any RuleStore
  package var ledgers: any LedgerStore

  package init(ruler: any RulerClient, store: any RuleStore, ledgers: any LedgerStore) {
    self.ruler = ruler
    self.store = store
    self.ledgers = ledgers
  }
}
