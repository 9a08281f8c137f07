import Model

/// The objects of a cluster and the rules by which a kube-apiserver changes them: versions, owners of fields, statuses
/// that are written apart, watches.
struct FakeCluster {
  /// What happened to an object, for those who watch.
  struct Happening {
    var version: Int
    var before: FakeObject?
    var after: FakeObject?
  }

  private(set) var objects: [FakeKind: [ResourceID: FakeObject]] = [:]
  private(set) var version = 400
  /// What can still be told to those who come late.
  private(set) var happenings: [Happening] = []
  /// Nothing before this version can be told any more.
  private(set) var compacted = 0
  private var names = 0

  func object(_ kind: FakeKind, _ id: ResourceID) throws(FakeStatus) -> FakeObject {
    guard let object = objects[kind]?[id] else { throw .notFound(kind, id.name) }
    return object
  }

  /// The objects of a kind by their names.
  ///
  /// - Parameter namespace: `nil` for all.
  func list(_ kind: FakeKind, in namespace: String?, _ selector: LabelSelector) -> [FakeObject] {
    (objects[kind] ?? [:]).values
      .filter { (namespace == nil || $0.id.namespace == namespace) && selector.matches($0.labels) }
      .sorted { $0.id < $1.id }
  }

  /// Forgets what has happened so far, and with that the moments that lists and watches could go on from.
  mutating func compact() {
    version += 1
    compacted = version
    happenings = []
  }

  // MARK: Writing

  mutating func create(
    _ kind: FakeKind, in namespace: String, _ document: DocumentNode, by manager: String
  ) throws(FakeStatus) -> FakeObject {
    let metadata = document["metadata"]
    var name = metadata?["name"]?.text ?? ""
    if name.isEmpty, let prefix = metadata?["generateName"]?.text {
      names += 1
      name = "\(prefix)\(String(names + 40_000_000, radix: 32))"
    }
    guard !name.isEmpty else {
      throw .invalid(kind, "", "metadata.name", "Required value: name or generateName is required")
    }
    let id = ResourceID(namespace: namespace, name: name)
    guard objects[kind]?[id] == nil else { throw .exists(kind, name) }
    var fields = FakeObject.fields(of: document)
    if kind.hasStatus { fields = fields.filter { !$0.hasPrefix("status") } }
    var object = newObject(kind, id, fields)
    object.setFields(Set(fields.paths), of: FakeObject.Manager(name: manager, operation: "Update"))
    return try store(object, over: nil)
  }

  private mutating func newObject(_ kind: FakeKind, _ id: ResourceID, _ fields: FieldTree) -> FakeObject {
    names += 1
    return FakeObject(
      kind: kind, id: id, uid: "00000000-0000-4000-8000-\(String(names + 100_000_000_000))",
      created: 1_700_000_000 + Int64(names), fields: fields)
  }

  mutating func update(
    _ kind: FakeKind, _ id: ResourceID, _ document: DocumentNode, by manager: String
  ) throws(FakeStatus) -> FakeObject {
    let current = try object(kind, id)
    let expected = document["metadata"]?["resourceVersion"]?.text
    guard expected != nil || !kind.hasStatus else {
      throw .invalid(kind, id.name, "metadata.resourceVersion", "Invalid value: 0: must be specified for an update")
    }
    guard expected == nil || expected == "\(current.version)" else { throw .modified(kind, id.name) }
    var fields = FakeObject.fields(of: document)
    if kind.hasStatus {
      fields = fields.filter { !$0.hasPrefix("status") }
      for path in current.fields.paths where path.hasPrefix("status") { fields[path] = current.fields[path] }
    }
    return try replaceFields(of: current, by: fields, manager)
  }

  mutating func merge(
    _ kind: FakeKind, _ id: ResourceID, _ document: DocumentNode, by manager: String
  ) throws(FakeStatus) -> FakeObject {
    let current = try object(kind, id)
    let merged = current.fields.document.merging(document)
    return try replaceFields(of: current, by: FakeObject.fields(of: merged), manager)
  }

  /// What somebody writes without applying it is theirs, where it changes anything.
  private mutating func replaceFields(
    of current: FakeObject, by fields: FieldTree, _ name: String
  ) throws(FakeStatus) -> FakeObject {
    let manager = FakeObject.Manager(name: name, operation: "Update")
    let changed = Set(fields.paths.filter { !fields.isSame($0, in: current.fields) })
    let removed = Set(current.fields.paths.filter { fields[$0] == nil })
    if changed.isEmpty && removed.isEmpty { return current }
    var object = current
    object.fields = fields
    object.take(changed.union(removed), for: manager)
    object.setFields(object.fields(of: manager).union(changed).subtracting(removed), of: manager)
    return try store(object, over: current)
  }

  /// - Parameter subresource: `status`, or empty.
  /// - Returns: the object, and whether it is new.
  mutating func apply(
    _ kind: FakeKind, _ id: ResourceID, subresource: String, _ document: DocumentNode, by name: String, force: Bool
  ) throws(FakeStatus) -> (object: FakeObject, isNew: Bool) {
    let metadata = document["metadata"]
    let current = objects[kind]?[id]
    if current == nil, let uid = metadata?["uid"]?.text {
      var status = FakeStatus.modified(kind, id.name)
      status.message = "uid mismatch: the provided object specified uid \(uid), and no existing object was found"
      throw status
    }
    if let version = metadata?["resourceVersion"]?.text, let current, version != "\(current.version)" {
      throw .modified(kind, id.name)
    }
    if let uid = metadata?["uid"]?.text, let current, uid != current.uid {
      throw .invalid(kind, id.name, "metadata.uid", "Invalid value: \"\(uid)\": field is immutable")
    }
    if subresource == "status", current == nil { throw .notFound(kind, id.name) }
    let manager = FakeObject.Manager(name: name, operation: "Apply", subresource: subresource)
    let applied = FakeObject.fields(of: document).filter { path in
      kind.hasStatus ? path.hasPrefix("status") == (subresource == "status") : true
    }
    var object = current ?? newObject(kind, id, FieldTree())
    try takeFields(applied, for: manager, in: &object, force: force)
    if let current, current.fields.isSame(as: object.fields), current.fields(of: manager) == object.fields(of: manager)
    {
      return (current, false)
    }
    return (try store(object, over: current), current == nil)
  }

  private func takeFields(
    _ applied: FieldTree, for manager: FakeObject.Manager, in object: inout FakeObject, force: Bool
  ) throws(FakeStatus) {
    let conflicts = applied.paths.flatMap { path in
      applied.isSame(path, in: object.fields)
        ? [] : object.owners(of: path).filter { $0 != manager }.map { (path: path, owner: $0) }
    }
    guard conflicts.isEmpty || force else { throw conflict(object, conflicts) }
    object.take(Set(conflicts.map(\.path)), for: manager)
    let given = object.fields(of: manager)
    object.setFields(Set(applied.paths), of: manager)
    for path in given where applied[path] == nil && object.owners(of: path).isEmpty { object.fields[path] = nil }
    for path in applied.paths { object.fields[path] = applied[path] }
  }

  private func conflict(
    _ object: FakeObject, _ conflicts: [(path: FieldPath, owner: FakeObject.Manager)]
  ) -> FakeStatus {
    let fields = conflicts.map { "- \($0.path.description)" }.joined(separator: "\n")
    let owners = conflicts.map { "conflict with \"\($0.owner.name)\" using \(object.kind.apiVersion)" }
    return FakeStatus(
      code: 409, reason: "Conflict",
      message:
        "Apply failed with \(conflicts.count) conflicts: \(owners[0].replacing("conflict", with: "conflicts")):\n\(fields)",
      kind: object.kind, name: object.id.name,
      causes: zip(conflicts, owners).map { ("FieldManagerConflict", $1, $0.path.description) })
  }

  mutating func delete(_ kind: FakeKind, _ id: ResourceID) throws(FakeStatus) {
    let object = try object(kind, id)
    version += 1
    var last = object
    last.version = version
    objects[kind]?[id] = nil
    tell(Happening(version: version, before: last, after: nil))
  }

  private mutating func store(_ object: FakeObject, over current: FakeObject?) throws(FakeStatus) -> FakeObject {
    try check(object)
    version += 1
    var object = object
    object.version = version
    if let current,
      !current.fields.isSame(as: object.fields, where: { !$0.hasPrefix("metadata") && !$0.hasPrefix("status") })
    {
      object.generation += 1
    }
    objects[object.kind, default: [:]][object.id] = object
    tell(Happening(version: version, before: current, after: object))
    return object
  }

  private mutating func tell(_ happening: Happening) {
    happenings.append(happening)
    if happenings.count > 10_000 {
      compacted = happenings[4999].version
      happenings.removeFirst(5000)
    }
  }

  /// What the schema asks of rules.
  private func check(_ object: FakeObject) throws(FakeStatus) {
    guard object.kind == .openMetricsRule else { return }
    let spec = object.fields.document["spec"]
    guard let tenants = spec?["tenants"]?.items, !tenants.isEmpty else {
      throw .invalid(
        object.kind, object.id.name, "spec.tenants",
        "Invalid value: 0: spec.tenants in body should have at least 1 items")
    }
    for (index, group) in (spec?["groups"]?.items ?? []).enumerated() where group["name"]?.text == nil {
      throw .invalid(object.kind, object.id.name, "spec.groups[\(index)].name", "Required value")
    }
  }
}

extension FakeObject {
  var labels: [String: String] {
    (try? fields.document["metadata"]?["labels"]?.textsByName()) ?? [:]
  }
}

extension FieldTree {
  func isSame(as other: FieldTree, where isConcerned: (FieldPath) -> Bool = { _ in true }) -> Bool {
    Set(paths).union(other.paths).filter(isConcerned).allSatisfy { isSame($0, in: other) }
  }
}

extension DocumentNode {
  /// The mapping with another one merged into it (RFC 7386).
  func merging(_ patch: DocumentNode) -> DocumentNode {
    guard let changes = patch.fields else { return patch }
    return changes.reduce(fields == nil ? .object([]) : self) { result, change in
      if change.value.isNull { return .fields((result.fields ?? []).filter { $0.name != change.name }) }
      return result.setting(change.name, (result[change.name] ?? .null).merging(change.value))
    }
  }
}
