import Model

/// An object in a ``FakeCluster``.
struct FakeObject {
  /// Who has written fields.
  struct Manager: Hashable {
    var name: String
    /// `Apply` or `Update`.
    var operation: String
    /// Empty for the object itself.
    var subresource = ""
  }

  let kind: FakeKind
  let id: ResourceID
  let uid: String
  let created: Int64
  var version = 0
  var generation = 1
  /// All that people write: labels, annotations, and everything beside the metadata.
  var fields: FieldTree
  var managers: [(manager: Manager, fields: Set<FieldPath>)] = []

  /// The fields of a document that people write.
  static func fields(of document: DocumentNode) -> FieldTree {
    FieldTree(document).filter { path in
      if path.hasPrefix("metadata") {
        return ["metadata.labels", "metadata.annotations"].contains { path.names.hasPrefix($0) }
      }
      return !path.hasPrefix("apiVersion") && !path.hasPrefix("kind")
    }
  }

  func owners(of path: FieldPath) -> [Manager] {
    managers.filter { $0.fields.contains(path) }.map(\.manager)
  }

  /// Gives a manager these fields, instead of those that it had.
  mutating func setFields(_ fields: Set<FieldPath>, of manager: Manager) {
    managers.removeAll { $0.manager == manager }
    if !fields.isEmpty { managers.append((manager, fields)) }
  }

  func fields(of manager: Manager) -> Set<FieldPath> {
    managers.first { $0.manager == manager }?.fields ?? []
  }

  /// Takes fields from everybody but one.
  mutating func take(_ paths: Set<FieldPath>, for manager: Manager) {
    for index in managers.indices where managers[index].manager != manager { managers[index].fields.subtract(paths) }
    managers.removeAll { $0.fields.isEmpty }
  }

  /// As the server answers with it.
  var document: DocumentNode {
    let content = fields.document
    var metadata: [(String, DocumentNode)] = [
      ("creationTimestamp", .text(Timestamp.text(created))), ("generation", .number(generation)),
    ]
    for name in ["labels", "annotations"] {
      if let value = content["metadata"]?[name] { metadata.append((name, value)) }
    }
    metadata += [
      ("managedFields", .items(managers.map { managedFields($0.manager, $0.fields) })),
      ("name", .text(id.name)), ("namespace", .text(id.namespace)), ("resourceVersion", .text("\(version)")),
      ("uid", .text(uid)),
    ]
    let head: [(String, DocumentNode)] = [
      ("apiVersion", .text(kind.apiVersion)), ("kind", .text(kind.kind)), ("metadata", .object(metadata)),
    ]
    return .object(head).adding(.fields((content.fields ?? []).filter { $0.name != "metadata" }))
  }

  private func managedFields(_ manager: Manager, _ fields: Set<FieldPath>) -> DocumentNode {
    var entry: [(String, DocumentNode)] = [
      ("apiVersion", .text(kind.apiVersion)), ("fieldsType", .text("FieldsV1")), ("fieldsV1", fields.fieldsV1),
      ("manager", .text(manager.name)), ("operation", .text(manager.operation)),
    ]
    if !manager.subresource.isEmpty { entry.append(("subresource", .text(manager.subresource))) }
    entry.append(("time", .text(Timestamp.text(created))))
    return .object(entry)
  }
}
