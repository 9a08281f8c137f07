import Model
import TestSupport
import Testing

/// Kubernetes, a ruler and ledgers in memory, people who change both sides, and what has to be true whatever happens.
///
/// Contents are told apart by their expressions, of which none is written twice by people.
final class MergeWorld {
  struct Traits {
    /// The ruler leaves out what it does not know, and prints expressions anew.
    var rulerRewrites = false
    /// Kubernetes leaves out what the schema does not know.
    var storePrunes = false
    var policy = SyncPolicy(removes: true, drift: .repair)
  }

  let traits: Traits
  let tenants: [TenantID]
  let comparison: RuleComparison
  let placement: ImportPlacement
  var random: SplitMix64
  private(set) var resources: [ResourceID: OpenMetricsRule] = [:] {
    didSet { cachedIndex = nil }
  }
  private(set) var ruler: [TenantID: [LedgerKey: RuleGroup]] = [:]
  var ledgers: [TenantID: VersionedLedger] = [:]
  var now: Int64 = 1_000_000

  /// What people last wrote, or removed, on each side.
  private(set) var lastInKubernetes: [RuleKey: String] = [:]
  private(set) var lastInRuler: [RuleKey: String] = [:]
  private(set) var removedFromKubernetes: [RuleKey: Set<String>] = [:]
  private(set) var removedFromRuler: Set<RuleKey> = []
  /// Of the informer: to the ruler, to Kubernetes and to the ledgers.
  var writes = 0
  /// Whether all requests succeed.
  var isHealthy = false
  private var counter = 0
  private var cachedIndex: ResourceIndex?

  init(seed: UInt64, traits: Traits) throws {
    self.traits = traits
    random = SplitMix64(seed: seed)
    tenants = try ["acme", "beta"].map { try TenantID($0) }
    comparison = RuleComparison { $0.filter { $0 != " " } == $1.filter { $0 != " " } }
    placement = ImportPlacement()
    for tenant in tenants {
      ruler[tenant] = [:]
      ledgers[tenant] = VersionedLedger(Ledger(), version: nil)
    }
  }

  var reconciler: Reconciler {
    Reconciler(policy: traits.policy, comparison: comparison, placement: placement)
  }

  func index() -> ResourceIndex {
    if let cachedIndex { return cachedIndex }
    let index = ResourceIndex(
      resources.values.map { rule in
        CheckedResource(
          rule, template: placement.template, comparison: comparison, validation: PermissiveRuleValidation())
      })
    cachedIndex = index
    return index
  }

  /// Whether a request fails.
  func fails() -> Bool {
    !isHealthy && random.oneIn(10)
  }

  func reading(of tenant: TenantID) -> RulerReading<RulerRules> {
    if fails() { return .unknown(RulerFailure(.transient, message: "no answer")) }
    guard let groups = ruler[tenant], !groups.isEmpty else { return .absent }
    let namespaces = Dictionary(grouping: groups, by: \.key.namespace).mapValues { groups in
      groups.map { ResourceGroup.group($0.value) }
    }
    return .present(RulerRules(namespaces: namespaces))
  }

  func plan(
    for tenant: TenantID, ledger: Ledger, index: ResourceIndex, reading: RulerReading<RulerRules>, mayRemove: Bool
  ) -> Plan {
    let ruler = ruler
    let comparison = comparison
    return reconciler.plan(
      for: TenantSides(
        tenant: tenant, base: ledger, kubernetes: index.side(of: tenant),
        ruler: RulerSide(reading, comparison: comparison),
        rulerHashOfTenant: { ruler[$0]?[$1].map { comparison.hash($0) } }),
      in: SyncPass(now: now, mayRemove: mayRemove))
  }

  static func content(_ group: RuleGroup) -> String {
    (group.rules.first?.expression ?? "").filter { $0 != " " }
  }

  // MARK: What the informer does

  func group(_ key: LedgerKey, of tenant: TenantID) -> RuleGroup? {
    ruler[tenant]?[key]
  }

  func put(_ group: RuleGroup, _ key: LedgerKey, of tenant: TenantID) {
    writes += 1
    var stored = group
    if traits.rulerRewrites {
      stored.otherFields = []
      stored.rules[0].expression = " " + Self.content(group)
    }
    ruler[tenant]?[key] = stored
  }

  func remove(_ key: LedgerKey, of tenant: TenantID) {
    writes += 1
    let rulerKey = RuleKey(tenant: tenant, namespace: key.namespace, group: key.group)
    let content = ruler[tenant]?.removeValue(forKey: key).map(Self.content) ?? ""
    #expect(
      removedFromKubernetes[rulerKey]?.contains(content) == true,
      "\(rulerKey) was removed with \(content), which nobody removed")
  }

  func create(_ rule: OpenMetricsRule) -> OpenMetricsRule? {
    guard resources[rule.id] == nil else { return nil }
    writes += 1
    return store(rule, isOurs: true)
  }

  func update(_ rule: OpenMetricsRule) -> OpenMetricsRule? {
    guard let current = resources[rule.id], current.resourceVersion == rule.resourceVersion, current.isWhollyOurs
    else { return nil }
    writes += 1
    return store(rule, isOurs: true)
  }

  private func store(_ rule: OpenMetricsRule, isOurs: Bool) -> OpenMetricsRule {
    var rule = rule
    counter += 1
    if rule.uid.isEmpty {
      rule.uid = "uid\(counter)"
      rule.created = Int64(counter)
    }
    rule.resourceVersion = "\(counter)"
    rule.isWhollyOurs = isOurs
    if traits.storePrunes {
      rule.groups = rule.groups.map { group in
        guard case .group(var group) = group else { return group }
        group.otherFields = []
        return .group(group)
      }
    }
    resources[rule.id] = rule
    return rule
  }

  // MARK: What people do

  /// Somebody does something on one of the sides.
  func disturb() {
    switch random.below(8) {
    case 0, 1: createResource()
    case 2, 3: editResource()
    case 4: removeFromResource()
    case 5, 6: editRuler()
    default: removeFromRuler()
    }
  }

  private func newGroup(_ name: String) -> RuleGroup {
    counter += 1
    let fields = random.oneIn(3) ? [DocumentField("x_\(counter)", .text("\(counter)"))] : []
    return RuleGroup(name: name, rules: [Rule(record: "a:b", expression: "v\(counter)")], otherFields: fields)
  }

  private func groupName() -> String {
    random.pick(["g", "h", "i"])
  }

  func createResource() {
    let id = ResourceID(namespace: random.pick(["default", "team"]), name: random.pick(["r", "s"]))
    guard resources[id] == nil else { return }
    let tenants = random.oneIn(3) ? tenants.map(\.name) : [random.pick(tenants).name]
    let names = Set([groupName(), groupName()])
    change(OpenMetricsRule(id: id, tenants: tenants, groups: names.sorted().map { .group(newGroup($0)) }))
  }

  func editResource() {
    guard let rule = pickResource(), let place = rule.groups.indices.randomElement(using: &random) else { return }
    var edited = rule
    edited.groups[place] = .group(newGroup(random.oneIn(4) ? groupName() : rule.groups[place].name ?? "g"))
    guard Set(edited.groups.map(\.name)).count == edited.groups.count else { return }
    change(edited)
  }

  func removeFromResource() {
    guard var rule = pickResource() else { return }
    if random.oneIn(2) {
      change(rule, isRemoved: true)
    } else if rule.groups.count > 1, random.oneIn(2) {
      rule.groups.removeFirst()
      change(rule)
    } else if rule.tenants.count > 1 {
      rule.tenants.removeLast()
      change(rule)
    }
  }

  private func pickResource() -> OpenMetricsRule? {
    resources.keys.sorted().randomElement(using: &random).flatMap { resources[$0] }
  }

  func editRuler() {
    let tenant = random.pick(tenants)
    let key = LedgerKey(namespace: random.pick(["default", "team"]), group: groupName())
    let group = newGroup(key.group)
    ruler[tenant]?[key] = group
    lastInRuler[RuleKey(tenant: tenant, namespace: key.namespace, group: key.group)] = Self.content(group)
  }

  func removeFromRuler() {
    let tenant = random.pick(tenants)
    guard let key = (ruler[tenant] ?? [:]).keys.sorted().randomElement(using: &random) else { return }
    ruler[tenant]?[key] = nil
    removedFromRuler.insert(RuleKey(tenant: tenant, namespace: key.namespace, group: key.group))
  }

  /// Puts a resource in its place, and notes what that does to its groups.
  private func change(_ rule: OpenMetricsRule, isRemoved: Bool = false) {
    let before = wanted()
    if isRemoved { resources[rule.id] = nil } else { _ = store(rule, isOurs: false) }
    let after = wanted()
    for (key, content) in before where after[key] != content {
      // With the hashes of the ledger nobody can tell an older content from the last one.
      removedFromKubernetes[key, default: []].insert(content)
      if after[key] == nil { lastInKubernetes[key] = nil }
    }
    for (key, content) in after where before[key] != content { lastInKubernetes[key] = content }
  }

  /// The content of every group that a resource owns.
  func wanted() -> [RuleKey: String] {
    var contents: [RuleKey: String] = [:]
    let sorted = resources.values.sorted { ($0.created, $0.id) < ($1.created, $1.id) }
    for rule in sorted {
      for tenant in tenants where rule.tenants.contains(tenant.name) {
        for case .group(let group) in rule.groups {
          let namespace = rule.annotations[SyncAnnotation.rulerNamespace] ?? rule.id.namespace
          let key = RuleKey(tenant: tenant, namespace: namespace, group: group.name)
          if contents[key] == nil { contents[key] = Self.content(group) }
        }
      }
    }
    return contents
  }

  /// The content of every group in the ruler.
  func found() -> [RuleKey: String] {
    var contents: [RuleKey: String] = [:]
    for (tenant, groups) in ruler {
      for (key, group) in groups {
        contents[RuleKey(tenant: tenant, namespace: key.namespace, group: key.group)] = Self.content(group)
      }
    }
    return contents
  }
}
