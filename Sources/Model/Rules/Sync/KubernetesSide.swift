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

  func reading(of key: LedgerKey) -> Reading {
    if let claim = claims.byKey[key] { return .present(WantedGroup(claim, in: index)) }
    if index.isIncomplete { return .unknown("not all resources can be read") }
    if claims.frozenNamespaces.contains(key.namespace) {
      return .unknown("a resource has a group whose name cannot be read")
    }
    return .absent
  }
}
