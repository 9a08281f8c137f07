/// A group that a resource has.
struct WantedGroup {
  let resource: CheckedResource
  /// Its place in the resource.
  let place: Int
  /// Whether another resource has it with the same content.
  let isRepeated: Bool

  init(_ claim: ResourceIndex.Claim, in index: ResourceIndex) {
    resource = index.resources[claim.resource]
    place = claim.group
    isRepeated = claim.isRepeated
  }

  /// The group and the hash of its canonical form; `nil` where it cannot be read.
  var content: (group: RuleGroup, hash: ContentHash)? {
    guard case .group(let group) = resource.rule.groups[place], let hash = resource.checks[place].hash else {
      return nil
    }
    return (group, hash)
  }

  /// Who had the group first.
  var origin: LedgerEntry.Origin {
    resource.rule.isUntouchedImport ? .ruler : .kubernetes
  }

  /// Why a change in the ruler cannot be written into the resource for the sake of one tenant alone; `nil`: it can.
  var obstacle: String? {
    let rule = resource.rule
    if !rule.isWhollyOurs { return "its resource belongs to somebody else" }
    if isRepeated { return "several resources have the group" }
    let isWhole = rule.groups.allSatisfy { group in
      if case .group = group { true } else { false }
    }
    return isWhole && !rule.hasUnknownKeys ? nil : "its resource cannot be read wholly"
  }
}
