package import Model

extension Ledger {
  /// A ledger of groups on which both sides agree.
  ///
  /// - Parameters:
  ///   - count: how many groups there are, all in one namespace.
  ///   - agreed: since when, in seconds since 1970.
  package static func groups(_ count: Int, agreed: Int64 = 5) -> Ledger {
    let hash = RuleComparison().hash(RuleGroup(name: "g", rules: []))
    let entries = (0..<count).map { number in
      (
        LedgerKey(namespace: "n", group: "g\(number)"),
        LedgerEntry(
          kubernetesHash: hash, rulerHash: hash, origin: .kubernetes, uid: "f464a3da-6db4-4fc8-ad81-260c8cd79579",
          agreed: agreed)
      )
    }
    return Ledger(entries: Dictionary(uniqueKeysWithValues: entries))
  }
}
