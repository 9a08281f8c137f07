/// The merge of one tenant's sides, group by group.
struct TenantMerge {
  /// What the ruler has of one group.
  enum RulerGroup {
    case present(RuleGroup, ContentHash)
    case absent
    case unknown(String)
  }

  let policy: SyncPolicy
  let comparison: RuleComparison
  let placement: ImportPlacement
  let sides: TenantSides
  let pass: SyncPass
  /// What is said of groups whose rules stand in others, too.
  let duplicateRules: [LedgerKey: RuleVerdict.Finding]

  /// Every group that one of the sides or the ledger knows.
  var keys: [LedgerKey] {
    var keys = Array(sides.kubernetes.keys)
    let wanted = Set(keys)
    keys += sides.base.entries.keys.filter { !wanted.contains($0) }
    if case .known(let groups) = sides.ruler {
      keys += groups.keys.filter { !wanted.contains($0) && sides.base.entries[$0] == nil }
    }
    return keys
  }

  /// - Returns: `nil` for a group in the ruler that is none of this informer's business.
  func step(for key: LedgerKey) -> PlanStep? {
    let base = sides.base.entries[key]
    let ruler = rulerGroup(key)
    switch (sides.kubernetes.reading(of: key), ruler) {
    case (.present(let wanted), _):
      var step = wantedStep(key, wanted, ruler, base)
      step.duplicate = duplicateRules[key]
      return step
    case (.unknown(let why), _):
      guard base != nil || importNamespace(of: key) != nil else { return nil }
      return PlanStep(key: key, outcome: GroupOutcome(.unknown, .kubernetesUnknown, why))
    case (.absent, .unknown(let why)):
      return PlanStep(key: key, outcome: GroupOutcome(.unknown, .rulerUnknown, why))
    case (.absent, .present(let group, let hash)): return goneStep(key, group, hash, base)
    case (.absent, .absent):
      // Row U: whoever looks after the resource keeps the entry.
      if let sighting = base?.sighting, !placement.scope.covers(sighting) { return nil }
      // Row 13.
      return PlanStep(key: key, action: .forget, outcome: GroupOutcome(.synced, .goneFromBoth))
    }
  }

  private func rulerGroup(_ key: LedgerKey) -> RulerGroup {
    switch sides.ruler {
    case .unknown(let why): .unknown(why)
    case .known(let groups):
      switch groups[key] {
      case nil: .absent
      case .broken(let why): .unknown(why)
      case .group(let group, let hash): .present(group, hash)
      }
    }
  }

  /// Where in Kubernetes a group goes; `nil`: nowhere.
  func importNamespace(of key: LedgerKey) -> String? {
    placement.namespace(for: key.namespace, inUse: sides.kubernetes.index.namespaces)
  }

  func event(
    _ kind: RuleEvent.Kind, _ outcome: GroupOutcome, about rule: OpenMetricsRule, of key: LedgerKey
  ) -> RuleEvent {
    let note = "tenant \(sides.tenant), ruler namespace \(key.namespace), group \(key.group)"
    let text = outcome.message.isEmpty ? note : "\(note): \(outcome.message)"
    return RuleEvent(
      kind, reason: outcome.reason.rawValue, note: text.beginning(upTo: RuleEvent.maximumNoteLength), about: rule)
  }
}
