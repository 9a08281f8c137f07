/// What Kubernetes, or a directory, has for one tenant.
package struct KubernetesSide: Sendable {
  /// What was found out about one group.
  enum Reading {
    case present(WantedGroup)
    case absent
    /// It is not there as far as can be seen, and not all can be seen.
    case unknown(String)
  }

  let index: ResourceIndex
  private let claims: ResourceIndex.Claims

  init(index: ResourceIndex, claims: ResourceIndex.Claims) {
    self.index = index
    self.claims = claims
  }

  /// Every group that a resource has.
  package var keys: some Collection<LedgerKey> { claims.byKey.keys }

  /// Groups that are left out because another resource has them.
  package var duplicates: [DuplicateGroup] { claims.duplicates }

  /// Rules of a tenant that stand more than once, by the groups that have them; what is said of a group is the worst of
  /// it. Of what stands several times the first is right: that of the oldest resource.
  ///
  /// - Parameter isSame: whether two expressions mean the same.
  func duplicateRules(isSame: (String, String) -> Bool) -> [LedgerKey: RuleVerdict.Finding] {
    let groups = ownedGroups
    var duplicates = DuplicateIndex()
    for (number, owned) in groups.enumerated() {
      duplicates.add(owned.group, from: owned.resource.description, as: number)
    }
    var findings: [LedgerKey: RuleVerdict.Finding] = [:]
    for duplicate in duplicates.duplicates(isSame: isSame) {
      let key = groups[duplicate.group].key
      if findings[key] == nil || (findings[key]?.severity == .warning && duplicate.finding.severity == .error) {
        findings[key] = duplicate.finding
      }
    }
    return findings
  }

  /// A group that counts, and the resource that has it.
  struct OwnedGroup {
    let key: LedgerKey
    let resource: ResourceID
    let group: RuleGroup
  }

  /// The groups that count and are valid, in the order of their resources' age, and of their places there.
  var ownedGroups: [OwnedGroup] {
    claims.byKey.sorted { ($0.value.resource, $0.value.group) < ($1.value.resource, $1.value.group) }
      .compactMap { key, claim in
        let resource = index.resources[claim.resource]
        guard case .group(let group) = resource.rule.groups[claim.group],
          resource.fault(ofGroup: claim.group) == nil
        else { return nil }
        return OwnedGroup(key: key, resource: resource.rule.id, group: group)
      }
  }

  func reading(of key: LedgerKey) -> Reading {
    if let claim = claims.byKey[key] { return .present(WantedGroup(claim, in: index)) }
    if index.isIncomplete { return .unknown("not all resources can be read") }
    if claims.frozenNamespaces.contains(key.namespace) {
      return .unknown("a resource has a group whose name cannot be read")
    }
    return .absent
  }
}
