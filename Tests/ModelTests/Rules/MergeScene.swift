import Model

/// One group of one tenant, as the ledger, Kubernetes and the ruler have it.
///
/// The content of a group is told by its expression alone.
struct MergeScene: Sendable {
  enum Kubernetes: Sendable {
    case group(String)
    /// Its expression is one that validation refuses.
    case invalid
    /// The group cannot be read.
    case broken
    case absent
    /// There is a resource of which not even the name can be read.
    case unknown
  }

  enum Ruler: Sendable {
    case group(String)
    case broken
    case absent
    case unknown
  }

  /// The expressions that both sides last agreed on.
  struct Base: Sendable {
    var kubernetes: String
    var ruler: String
    var origin = LedgerEntry.Origin.kubernetes
    var state = LedgerEntry.State.agreed
    var uid: String
    var sighting: LedgerEntry.Sighting?
    var writes: [Int64] = []

    init(
      _ kubernetes: String, _ ruler: String? = nil, origin: LedgerEntry.Origin = .kubernetes,
      state: LedgerEntry.State = .agreed, uid: String = MergeScene.uid,
      seen sighting: LedgerEntry.Sighting? = MergeScene.sighting, writes: [Int64] = []
    ) {
      self.kubernetes = kubernetes
      self.ruler = ruler ?? kubernetes
      self.origin = origin
      self.state = state
      self.uid = uid
      self.sighting = sighting
      self.writes = writes
    }
  }

  static let key = LedgerKey(namespace: "default", group: "g")
  /// Of the resource.
  static let uid = "u"
  static let sighting = LedgerEntry.Sighting(namespace: "default")
  static let invalidExpression = "sum("

  var base: Base?
  var kubernetes: Kubernetes
  var ruler: Ruler
  /// Whether the resource belongs to this program.
  var isOurs = false
  var isImport = false
  var tenants = ["acme"]
  var annotations: [String: String] = [:]
  /// What the ruler has for the other tenants, as they were last read.
  var elsewhere: [String: String] = [:]
  var refused: String?
  /// What is watched.
  var namespaces: Set<String>? = ["default"]
  var selector = ""
  var mayRemove = true
  var now: Int64 = 10_000

  init(_ base: Base?, _ kubernetes: Kubernetes, _ ruler: Ruler) {
    self.base = base
    self.kubernetes = kubernetes
    self.ruler = ruler
  }

  func with(_ change: (inout MergeScene) -> Void) -> MergeScene {
    var scene = self
    change(&scene)
    return scene
  }

  static func group(_ expression: String, name: String = key.group) -> RuleGroup {
    RuleGroup(name: name, rules: [Rule(record: "a:b", expression: expression)])
  }

  static func hash(_ expression: String, name: String = key.group) -> ContentHash {
    RuleComparison().hash(group(expression, name: name))
  }

  var rule: OpenMetricsRule? {
    let content: ResourceGroup
    switch kubernetes {
    case .group(let expression): content = .group(Self.group(expression))
    case .invalid: content = .group(Self.group(Self.invalidExpression))
    case .broken: content = .broken(name: Self.key.group, path: "spec.groups[0].rules", reason: "must be a list")
    case .absent, .unknown: return nil
    }
    return OpenMetricsRule(
      id: ResourceID(namespace: "default", name: "r"), uid: Self.uid, annotations: annotations,
      description: isImport ? OpenMetricsRule.importedDescription : "", tenants: tenants, groups: [content],
      isWhollyOurs: isOurs)
  }

  var index: ResourceIndex {
    let checked = rule.map { rule in
      CheckedResource(
        rule, template: .identity, comparison: RuleComparison(), validation: ExpressionValidation())
    }
    if case .unknown = kubernetes { return ResourceIndex([], faults: ["a document that cannot be read"]) }
    return ResourceIndex(checked.map { [$0] } ?? [])
  }

  func sides(tenant: TenantID) -> TenantSides {
    let elsewhere = elsewhere
    var sides = TenantSides(
      tenant: tenant, base: Ledger(), kubernetes: index.side(of: tenant), ruler: rulerSide,
      rulerHashOfTenant: { other, _ in elsewhere[other.name].map { Self.hash($0) } })
    if let base {
      sides.base.entries[Self.key] = LedgerEntry(
        kubernetesHash: Self.hash(base.kubernetes), rulerHash: Self.hash(base.ruler), origin: base.origin,
        state: base.state, uid: base.uid, sighting: base.sighting, agreed: 0, writes: base.writes)
    }
    if let refused {
      sides.refusals[Self.key] = RulerRefusal(
        hash: Self.hash(refused), message: "no", since: MonotonicTime(nanoseconds: 0))
    }
    return sides
  }

  private var rulerSide: RulerSide {
    let reading: RulerReading<RulerRules>
    switch ruler {
    case .group(let expression):
      reading = .present(RulerRules(namespaces: [Self.key.namespace: [.group(Self.group(expression))]]))
    case .broken:
      let group = ResourceGroup.broken(name: Self.key.group, path: "rules", reason: "must be a list")
      reading = .present(RulerRules(namespaces: [Self.key.namespace: [group]]))
    case .absent: reading = .absent
    case .unknown: reading = .unknown(RulerFailure(.transient, message: "no answer"))
    }
    return RulerSide(reading, comparison: RuleComparison())
  }

  /// The plan's step for the group; `nil` where there is none.
  func step(_ policy: SyncPolicy) throws -> PlanStep? {
    let scope = WatchScope(namespaces: namespaces, selector: try ResourceSelector(selector))
    let plan = Reconciler(policy: policy, placement: ImportPlacement(scope: scope)).plan(
      for: sides(tenant: try TenantID("acme")), in: SyncPass(now: now, mayRemove: mayRemove))
    return plan.steps.first
  }
}

/// Refuses one expression.
struct ExpressionValidation: RuleValidating {
  func verdict(on group: RuleGroup) -> RuleVerdict {
    let isInvalid = group.rules.contains { $0.expression == MergeScene.invalidExpression }
    return RuleVerdict(
      findings: isInvalid ? [RuleVerdict.Finding(.error, .expression, path: "rules[0].expr", message: "unclosed")] : [])
  }
}
