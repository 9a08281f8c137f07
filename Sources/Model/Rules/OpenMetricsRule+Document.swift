extension OpenMetricsRule {
  /// Who the fields of a spec belong to that this program has applied.
  package static let fieldManager = "openmetricsrule-informer"

  /// Reads a resource. What cannot be read in its spec is a broken group, and so freezes what it may stand for.
  ///
  /// - Throws: what is wrong with a document that is no resource of this kind, or has no name.
  package init(document: DocumentNode) throws(DocumentFault) {
    guard document.fields != nil else { throw document.unexpected("a mapping") }
    try Self.require(document, "apiVersion", Self.apiVersion)
    try Self.require(document, "kind", Self.kind)
    let metadata = document["metadata"] ?? .null
    guard let name = metadata["name"]?.text, !name.isEmpty else {
      throw DocumentFault(path: "metadata.name", "a resource must have a name", at: metadata.position)
    }
    self.init(
      id: ResourceID(namespace: metadata["namespace"]?.text ?? "default", name: name),
      uid: metadata["uid"]?.text ?? "",
      resourceVersion: metadata["resourceVersion"]?.text ?? "",
      generation: metadata["generation"]?.numberOrZero ?? 0,
      created: metadata["creationTimestamp"]?.text.flatMap { Timestamp.seconds($0) } ?? 0,
      ownLabels: FieldOwnership.ownLabels(metadata["managedFields"]),
      tenants: [], groups: [],
      isWhollyOurs: FieldOwnership.isWhollyOurs(metadata["managedFields"]),
      status: document["status"].flatMap { RuleStatus(document: $0) })
    readSpec(document["spec"] ?? .null)
    read("metadata.labels") { (rule) throws(DocumentFault) in
      rule.labels = try metadata["labels"]?.textsByName() ?? [:]
    }
    let isRead = read("metadata.annotations") { (rule) throws(DocumentFault) in
      rule.annotations = try metadata["annotations"]?.textsByName() ?? [:]
    }
    if !isRead { hasUnknownKeys = true }
  }

  /// - Throws: that a field has another value. One that is not there may have been left out.
  private static func require(_ document: DocumentNode, _ name: String, _ value: String) throws(DocumentFault) {
    guard let found = document[name], !found.isNull else { return }
    guard found.text == value else {
      throw DocumentFault(path: name, "must be \(value), and is \(found.text ?? "no text")", at: found.position)
    }
  }

  /// Reads a part of the resource; a fault in it breaks no other part.
  @discardableResult
  private mutating func read(_ path: String, _ part: (inout Self) throws(DocumentFault) -> Void) -> Bool {
    do {
      try part(&self)
      return true
    } catch {
      let fault = error.within(path)
      groups.append(.broken(name: nil, path: fault.path, reason: fault.reason))
      return false
    }
  }

  private mutating func readSpec(_ spec: DocumentNode) {
    // The groups first, so that their places are those in the document: faults elsewhere come after them.
    if let groups = spec["groups"] {
      read("spec.groups") { (rule) throws(DocumentFault) in
        for (index, item) in try groups.itemsOrNone().enumerated() {
          rule.groups.append(ResourceGroup(document: item, at: "spec.groups[\(index)]"))
        }
      }
    }
    read("spec") { (rule) throws(DocumentFault) in
      for field in try spec.fieldsOrNone() { rule.read(field) }
    }
    if spec.fields == nil, !spec.isNull { hasUnknownKeys = true }
  }

  private mutating func read(_ field: DocumentField) {
    switch field.name {
    case "description":
      read("spec.description") { (rule) throws(DocumentFault) in rule.description = try field.value.textOrEmpty() }
    case "tenants":
      let isRead = read("spec.tenants") { (rule) throws(DocumentFault) in try rule.readTenants(field.value) }
      if !isRead { hasUnknownKeys = true }
    case "groups": break
    default: otherFields.append(field)
    }
  }

  private mutating func readTenants(_ node: DocumentNode) throws(DocumentFault) {
    for (index, item) in try node.itemsOrNone().enumerated() {
      do {
        tenants.append(try item.textOrEmpty())
      } catch {
        throw error.within("[\(index)]")
      }
    }
  }

  /// The resource as a file holds it: what people write, without what a server adds.
  ///
  /// Broken groups are not in it: a resource that has some must not be written.
  package var document: DocumentNode {
    var metadata = identity
    metadata.append("labels", ifNotEmpty: labels)
    metadata.append("annotations", ifNotEmpty: annotations)
    return document(metadata: metadata)
  }

  /// The resource as it is applied: with those fields only that this program is to own. One that it has applied before
  /// and leaves out now goes.
  package var appliedDocument: DocumentNode {
    var metadata = identity
    metadata.append("labels", ifNotEmpty: labels.filter { ownLabels.contains($0.key) })
    metadata.append("annotations", ifNotEmpty: annotations.filter { $0.key == SyncAnnotation.rulerNamespace })
    return document(metadata: metadata)
  }

  private var identity: [DocumentField] {
    [DocumentField("name", .text(id.name)), DocumentField("namespace", .text(id.namespace))]
  }

  private func document(metadata: [DocumentField]) -> DocumentNode {
    var spec: [DocumentField] = []
    spec.append("description", ifNotEmpty: description)
    spec.append(DocumentField("tenants", .items(tenants.map { .text($0) })))
    spec += otherFields
    let groups: [DocumentNode] = groups.compactMap { group in
      guard case .group(let group) = group else { return nil }
      return group.document
    }
    if !groups.isEmpty { spec.append(DocumentField("groups", .items(groups))) }
    return .fields([
      DocumentField("apiVersion", .text(Self.apiVersion)),
      DocumentField("kind", .text(Self.kind)),
      DocumentField("metadata", .fields(metadata)),
      DocumentField("spec", .fields(spec)),
    ])
  }
}
