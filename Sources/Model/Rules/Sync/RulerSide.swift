/// What the ruler has for one tenant.
package enum RulerSide: Sendable {
  /// A group in the ruler.
  package enum Group: Sendable {
    case group(RuleGroup, ContentHash)
    /// It is there and cannot be read, for this reason.
    case broken(String)
  }

  case known([LedgerKey: Group])
  /// The ruler did not tell, for this reason.
  case unknown(String)

  package init(_ reading: RulerReading<RulerRules>, comparison: RuleComparison) {
    switch reading {
    case .absent: self = .known([:])
    case .unknown(let failure): self = .unknown(failure.description)
    case .present(let rules): self = .known(Self.groups(rules, comparison))
    }
  }

  private static func groups(_ rules: RulerRules, _ comparison: RuleComparison) -> [LedgerKey: Group] {
    var groups: [LedgerKey: Group] = [:]
    for (namespace, contents) in rules.namespaces {
      for content in contents {
        // Without a name there is no key, and nothing that could be written or removed.
        guard let name = content.name else { continue }
        let key = LedgerKey(namespace: namespace, group: name)
        switch content {
        case .broken(_, let path, let reason): groups[key] = .broken("\(path): \(reason)")
        case .group where groups[key] != nil: groups[key] = .broken("the ruler has two groups of this name")
        case .group(let group): groups[key] = .group(group, comparison.hash(group))
        }
      }
    }
    return groups
  }
}
