/// A document with rules: a rule file as Prometheus, Mimir's and Cortex' tools have it, an OpenMetricsRule, or a
/// PrometheusRule.
struct RuleDocument {
  enum Kind: Equatable {
    case ruleFile
    case resource
    /// The resource of the Prometheus operator, which has the same groups and names no tenants.
    case prometheusRule
    /// Some other document.
    case other(String)
  }

  /// The resources with rules, by their kinds.
  private static let resources: [String: Kind] = [OpenMetricsRule.kind: .resource, "PrometheusRule": .prometheusRule]

  let kind: Kind
  /// Whose groups they are; none in a rule file, which does not say.
  let tenants: [String]
  /// Where in Kubernetes the groups are; the ruler's namespace in a rule file that names it.
  let namespace: String
  let name: String
  /// The path of the list of groups, `groups` or `spec.groups`.
  let groupsPath: String
  let groups: [ResourceGroup]
  /// What is wrong with the document itself.
  private(set) var findings: [RuleVerdict.Finding] = []

  /// The documents of a file; those that a list of Kubernetes holds among them, each with its path.
  static func all(in root: DocumentNode) -> [(path: String, document: RuleDocument)] {
    guard let kind = root["kind"]?.text, kind.hasSuffix("List"), let items = root["items"]?.items else {
      return [("", RuleDocument(root))]
    }
    return items.enumerated().map { ("items[\($0)]", RuleDocument($1)) }
  }

  private init(_ root: DocumentNode) {
    if let kind = root["kind"]?.text {
      self.init(Self.resources[kind] ?? .other(kind), root)
    } else if root.isNull {
      self.init(.ruleFile, DocumentNode(.mapping([])))
    } else {
      self.init(root.fields == nil ? .other("a document that is no mapping") : .ruleFile, root)
    }
  }

  private init(_ kind: Kind, _ root: DocumentNode) {
    self.kind = kind
    let isResource = Self.resources.values.contains(kind)
    let spec = isResource ? root["spec"] ?? .null : root
    groupsPath = isResource ? "spec.groups" : "groups"
    tenants = kind == .resource ? spec["tenants"]?.items?.compactMap(\.text) ?? [] : []
    namespace = isResource ? root["metadata"]?["namespace"]?.text ?? "default" : spec["namespace"]?.text ?? ""
    name = root["metadata"]?["name"]?.text ?? ""
    let groupsPath = groupsPath
    groups =
      spec["groups"]?.items?.enumerated().map { ResourceGroup(document: $1, at: "\(groupsPath)[\($0)]") } ?? []
    checkGroups(spec)
    switch kind {
    case .resource:
      checkHead(root, apiVersion: OpenMetricsRule.apiVersion)
      checkResource(spec)
    case .prometheusRule:
      checkHead(root, apiVersion: "monitoring.coreos.com/v1")
      checkFields(spec, known: ["groups"], type: "PrometheusRule", path: "spec")
    case .ruleFile: checkFields(root, known: ["groups", "namespace"], type: "rulefmt.RuleGroups", path: "")
    case .other: break
    }
  }

  private mutating func checkGroups(_ spec: DocumentNode) {
    if case .other = kind { return }
    guard let groups = spec["groups"], !groups.isNull, groups.items == nil else { return }
    findings.append(
      RuleVerdict.Finding(.error, .document, path: groupsPath, message: "groups must be a list"))
  }

  private mutating func checkHead(_ root: DocumentNode, apiVersion: String) {
    if root["apiVersion"]?.text != apiVersion {
      findings.append(
        RuleVerdict.Finding(.error, .document, path: "apiVersion", message: "apiVersion must be \(apiVersion)"))
    }
    if name.isEmpty {
      findings.append(
        RuleVerdict.Finding(.error, .document, path: "metadata", message: "the resource must have a metadata.name"))
    }
  }

  private mutating func checkResource(_ spec: DocumentNode) {
    checkFields(spec, known: ["tenants", "groups", "description"], type: OpenMetricsRule.kind, path: "spec")
    if tenants.isEmpty {
      findings.append(
        RuleVerdict.Finding(
          .warning, .tenant, path: "spec.tenants", message: "the resource names no tenant, so nobody gets its rules"))
    }
    for (index, name) in tenants.enumerated() {
      do {
        _ = try TenantID(name)
      } catch {
        findings.append(
          RuleVerdict.Finding(.error, .tenant, path: "spec.tenants[\(index)]", message: "\(error)"))
      }
    }
  }

  private mutating func checkFields(_ node: DocumentNode, known: Set<String>, type: String, path: String) {
    for field in node.fields ?? [] where !known.contains(field.name) {
      findings.append(
        RuleVerdict.Finding(
          .error, .unknownField, path: path.isEmpty ? field.name : "\(path).\(field.name)",
          message: "field \(field.name) not found in type \(type)"))
    }
  }
}
