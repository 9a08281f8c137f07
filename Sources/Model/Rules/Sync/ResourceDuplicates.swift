/// What stands more than once, as far as one resource has to do with it: in the resource itself, or in it and in others
/// for one of its tenants.
struct ResourceDuplicates {
  /// Where a rule, or a group, stands in the resource.
  private struct Place: Hashable {
    var group: Int
    var path: String
  }

  /// Each with the group's place in the resource. What stands in another resource, too, is a warning.
  private(set) var all: [DuplicateIndex.Duplicate] = []
  private var said: Set<Place> = []
  private let resource: CheckedResource
  private let comparison: RuleComparison
  /// The resource's groups that can be read.
  private let groups: [(place: Int, group: RuleGroup)]

  /// - Parameter others: the resources that there are, perhaps an older state of this one among them.
  init(of resource: CheckedResource, among others: ResourceIndex?, comparison: RuleComparison) {
    self.resource = resource
    self.comparison = comparison
    groups = resource.rule.groups.enumerated().compactMap { place, group in
      if case .group(let group) = group { (place, group) } else { nil }
    }
    addOwn()
    guard let others else { return }
    for tenant in resource.tenants {
      addGroups(of: tenant, among: others)
      addRules(of: tenant, among: others)
    }
  }

  private mutating func addOwn() {
    var index = DuplicateIndex()
    addGroups(to: &index)
    for duplicate in index.duplicates(isSame: comparison.expressionsAreEqual) { add(duplicate) }
  }

  private mutating func addGroups(of tenant: TenantID, among others: ResourceIndex) {
    for (place, group) in groups {
      let key = RuleKey(tenant: tenant, namespace: resource.rulerNamespace, group: group.name)
      guard let owner = others.otherOwner(of: key, than: resource, group: place), owner != resource.rule.id else {
        continue
      }
      let message = "tenant \(tenant) has group \(GoQuoted.string(group.name)) from the resource \(owner), too"
      add(
        DuplicateIndex.Duplicate(
          group: place,
          finding: RuleVerdict.Finding(.warning, .duplicateGroup, path: "name", message: message)))
    }
  }

  private mutating func addRules(of tenant: TenantID, among others: ResourceIndex) {
    var index = DuplicateIndex(names: Set(groups.lazy.flatMap(\.group.rules).map(\.recordOrAlert)))
    for other in others.side(of: tenant).ownedGroups where other.resource != resource.rule.id {
      index.add(other.group, from: other.resource.description, as: -1)
    }
    addGroups(to: &index)
    for var duplicate in index.duplicates(isSame: comparison.expressionsAreEqual) where duplicate.group >= 0 {
      duplicate.finding.severity = .warning
      add(duplicate)
    }
  }

  private func addGroups(to index: inout DuplicateIndex) {
    for (place, group) in groups { index.add(group, from: resource.rule.id.description, as: place) }
  }

  /// One thing is said of each place, the first that is found.
  private mutating func add(_ duplicate: DuplicateIndex.Duplicate) {
    if said.insert(Place(group: duplicate.group, path: duplicate.finding.path)).inserted { all.append(duplicate) }
  }
}
