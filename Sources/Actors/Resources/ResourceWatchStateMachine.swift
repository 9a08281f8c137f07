import Model

/// Keeps resources checked: each is looked at when it has changed in something that matters, and not with every
/// snapshot. Statuses change often, and mostly by this program's own hand.
struct ResourceWatchStateMachine: ~Copyable {
  /// What follows from a snapshot.
  struct Actions {
    var view: ResourceView
    /// The resources that were looked at anew.
    var checked: [CheckedResource] = []
    /// What could not be read, where it is not the same as before.
    var newFaults: [String] = []
  }

  /// All that tells two states of a resource apart, but for its status.
  private struct Stamp: Equatable {
    let uid: String
    let generation: Int
    let resourceVersion: String
    let annotations: [String: String]
    let isWhollyOurs: Bool
    let hasUnknownKeys: Bool

    init(_ rule: OpenMetricsRule) {
      uid = rule.uid
      generation = rule.generation
      // Where there are no generations, a version is all there is.
      resourceVersion = rule.generation == 0 ? rule.resourceVersion : ""
      annotations = rule.annotations
      isWhollyOurs = rule.isWhollyOurs
      hasUnknownKeys = rule.hasUnknownKeys
    }
  }

  private struct Known {
    let stamp: Stamp
    let resource: CheckedResource
  }

  private let check: ResourceCheck
  private var known: [ResourceID: Known] = [:]
  private var namespaces: Set<String> = []
  private var faults: [String] = []
  private var index = ResourceIndex([])
  private var wasIncomplete = false
  private var isFirst = true
  private var revisions: [TenantID: Int] = [:]
  private var commonRevision = 0
  private var lastRevision = 0

  init(_ check: ResourceCheck) {
    self.check = check
  }

  /// The store has changed.
  mutating func received(_ snapshot: RuleStoreSnapshot) -> Actions {
    var concerned: Set<TenantID> = []
    let checked = checkChanges(in: snapshot, &concerned)
    let isChanged = removeMissing(from: snapshot, &concerned) || !checked.isEmpty
    let newFaults = snapshot.faults.filter { !faults.contains($0) }
    let hasOtherFaults = snapshot.faults != faults
    faults = snapshot.faults
    if isChanged || hasOtherFaults || isFirst { rebuildIndex() }
    countChanges(for: concerned, everybody: hasOtherFaults)
    isFirst = false
    let view = ResourceView(
      index: index, resources: snapshot.resources, faults: faults, revisions: revisions,
      commonRevision: commonRevision)
    return Actions(view: view, checked: checked, newFaults: newFaults)
  }

  /// An index of resources that were read anew, which is not taken over: the watch may be behind, and would take it
  /// back.
  func index(of snapshot: RuleStoreSnapshot) -> ResourceIndex {
    let resources = snapshot.resources.values.map { rule in
      if let known = known[rule.id], known.stamp == Stamp(rule) { return known.resource.of(rule) }
      return check.check(rule)
    }
    return ResourceIndex(resources, faults: snapshot.faults)
  }

  private mutating func checkChanges(
    in snapshot: RuleStoreSnapshot, _ concerned: inout Set<TenantID>
  ) -> [CheckedResource] {
    var checked: [CheckedResource] = []
    for (id, rule) in snapshot.resources {
      let stamp = Stamp(rule)
      if let before = known[id] {
        if before.stamp == stamp { continue }
        concerned.formUnion(before.resource.tenants)
      }
      let resource = check.check(rule)
      concerned.formUnion(resource.tenants)
      known[id] = Known(stamp: stamp, resource: resource)
      checked.append(resource)
    }
    return checked
  }

  /// - Returns: whether there was one to remove.
  private mutating func removeMissing(from snapshot: RuleStoreSnapshot, _ concerned: inout Set<TenantID>) -> Bool {
    guard known.count > snapshot.resources.count else { return false }
    for (id, gone) in known where snapshot.resources[id] == nil {
      concerned.formUnion(gone.resource.tenants)
      known[id] = nil
    }
    return true
  }

  private mutating func rebuildIndex() {
    index = ResourceIndex(known.values.lazy.map(\.resource), faults: faults)
  }

  /// Whether something is known to be absent, and where an import may go, depends on all resources together.
  private mutating func countChanges(for concerned: Set<TenantID>, everybody: Bool) {
    let namespaces = Set(known.keys.map(\.namespace))
    let isForEverybody = everybody || namespaces != self.namespaces || index.isIncomplete != wasIncomplete
    self.namespaces = namespaces
    wasIncomplete = index.isIncomplete
    lastRevision += 1
    if isForEverybody {
      commonRevision = lastRevision
      revisions = [:]
    } else {
      for tenant in concerned { revisions[tenant] = lastRevision }
    }
  }
}
