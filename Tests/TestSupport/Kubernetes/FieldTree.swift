import Model

/// An object as a list of fields, in order: the form in which server-side apply compares and merges.
struct FieldTree {
  /// Which lists are merged item by item, and by which of the items' fields; others are replaced as a whole. No fields
  /// at all: a set.
  private static let mergedLists = [
    "spec.groups": ["name"], "spec.tenants": [], "status.conditions": ["type"],
    "status.sync": ["tenant", "rulerNamespace", "group"],
  ]

  private(set) var paths: [FieldPath] = []
  private(set) var values: [FieldPath: DocumentNode] = [:]

  init() {}

  init(_ document: DocumentNode) {
    add(document, at: FieldPath())
  }

  subscript(path: FieldPath) -> DocumentNode? {
    get { values[path] }
    set {
      if newValue == nil { paths.removeAll { $0 == path } }
      if newValue != nil, values[path] == nil { paths.append(path) }
      values[path] = newValue
    }
  }

  /// Whether a field is the same in both.
  func isSame(_ path: FieldPath, in other: FieldTree) -> Bool {
    values[path].map { JSONWriter.text(of: $0) } == other.values[path].map { JSONWriter.text(of: $0) }
  }

  /// The part with these fields.
  func filter(_ isIncluded: (FieldPath) -> Bool) -> FieldTree {
    var tree = FieldTree()
    for path in paths where isIncluded(path) { tree[path] = values[path] }
    return tree
  }

  private mutating func add(_ node: DocumentNode, at path: FieldPath) {
    switch node.content {
    case .mapping(let fields) where !fields.isEmpty:
      for field in fields { add(field.value, at: path.appending(.field(field.name))) }
    case .sequence(let items) where !items.isEmpty && Self.mergedLists[path.names] != nil:
      for item in items {
        let keys = Self.mergedLists[path.names] ?? []
        if keys.isEmpty {
          self[path.appending(.value(JSONWriter.text(of: item)))] = item
        } else {
          let key = DocumentNode.object(keys.map { ($0, item[$0] ?? .null) })
          add(item, at: path.appending(.key(JSONWriter.text(of: key))))
        }
      }
    default:
      if !node.isNull { self[path] = node }
    }
  }

  /// The object.
  var document: DocumentNode {
    let root = Branch()
    for path in paths {
      if let value = values[path] { root.insert(value, path.steps[...]) }
    }
    return root.document
  }

  private final class Branch {
    private var leaf: DocumentNode?
    private var children: [(step: FieldPath.Step, branch: Branch)] = []

    func insert(_ value: DocumentNode, _ steps: ArraySlice<FieldPath.Step>) {
      guard let step = steps.first else { return leaf = value }
      let branch: Branch
      if let known = children.first(where: { $0.step == step })?.branch {
        branch = known
      } else {
        branch = Branch()
        children.append((step, branch))
      }
      branch.insert(value, steps.dropFirst())
    }

    var document: DocumentNode {
      if children.isEmpty { return leaf ?? .object([]) }
      var fields: [(String, DocumentNode)] = []
      for child in children {
        guard case .field(let name) = child.step else { return .items(children.map(\.branch.document)) }
        fields.append((name, child.branch.document))
      }
      return .object(fields)
    }
  }
}

extension Set<FieldPath> {
  /// The fields as `managedFields` has them.
  var fieldsV1: DocumentNode {
    Self.document(map { $0.steps[...] })
  }

  private static func document(_ paths: [ArraySlice<FieldPath.Step>]) -> DocumentNode {
    let groups = Dictionary(grouping: paths.filter { !$0.isEmpty }) { $0.first?.text ?? "" }
    return .object(
      groups.sorted { $0.key < $1.key }.map { name, paths in
        let inner = document(paths.map { $0.dropFirst() })
        return (name, name.hasPrefix("k:") ? .object([(".", .object([]))]).adding(inner) : inner)
      })
  }
}

extension DocumentNode {
  /// The mapping with the fields of another one after its own.
  func adding(_ other: DocumentNode) -> DocumentNode {
    .fields((fields ?? []) + (other.fields ?? []))
  }
}
