import Model
import Synchronization
import Transport

/// The rules API of Cortex, in memory.
///
/// Source: Cortex `pkg/ruler/api.go`.
final class SandboxRulesAPI: Sendable {
  private let text: SandboxRuleText
  private let validation = SandboxRuleValidation()
  private let store: Mutex<SandboxRuleStore>

  init(limits: SandboxLimits) {
    text = SandboxRuleText(YAMLReader())
    store = Mutex(SandboxRuleStore(limits: limits))
  }

  /// Answers a request for what its path means. The method is one that is allowed there.
  func answer(_ head: RequestHead, _ path: SandboxRulesPath, body: SandboxBody) -> Answer {
    do throws(SandboxRefusal) {
      switch path {
      case .moved(let target): return Answer(status: 301, fields: ["Location": target])
      case .malformed: return Answer(status: 400, body: Array("400 Bad Request".utf8))
      case .all, .namespace, .group: return try answer(head.method, path, of: Self.tenant(head), body: body)
      }
    } catch {
      return error.answer
    }
  }

  /// The groups of all tenants, who need not be named.
  var allGroups: Answer {
    let documents = store.withLock { $0.all }
    return Self.yaml(documents.map(GoYAMLWriter.text).joined())
  }

  private func answer(
    _ method: String, _ path: SandboxRulesPath, of tenant: TenantID, body: SandboxBody
  ) throws(SandboxRefusal) -> Answer {
    switch (method, path) {
    case ("POST", .namespace(let namespace)):
      try put(body, in: namespace, of: tenant)
    case ("DELETE", .namespace(let namespace)):
      guard store.withLock({ $0.removeNamespace(namespace, of: tenant) }) else {
        throw SandboxRefusal(status: 404, text: "group namespace does not exist")
      }
    case ("DELETE", .group(let group, let namespace)):
      store.withLock { $0.remove(group, from: namespace, of: tenant) }
    case (_, .group(let group, let namespace)):
      return try Self.found(
        store.withLock { $0.group(group, in: namespace, of: tenant) }, or: "group does not exist")
    case (_, .namespace(let namespace)):
      return try Self.found(store.withLock { $0.groups(in: namespace, of: tenant) }, or: "no rule groups found")
    default:
      return try Self.found(store.withLock { $0.groups(in: nil, of: tenant) }, or: "no rule groups found")
    }
    return Answer(
      status: 202, fields: ["Content-Type": "application/json"], body: Array(#"{"status":"success"}"#.utf8))
  }

  private func put(_ body: SandboxBody, in namespace: String, of tenant: TenantID) throws(SandboxRefusal) {
    let group = try group(body)
    try validation.check(group)
    try store.withLock { store throws(SandboxRefusal) in try store.put(group, in: namespace, of: tenant) }
  }

  private func group(_ body: SandboxBody) throws(SandboxRefusal) -> SandboxRuleGroup {
    guard case .whole(let bytes) = body else { throw .invalid("http: request body too large") }
    do {
      return try text.group(bytes.array)
    } catch {
      // The words are Cortex'.
      throw .invalid("unable to decoded rule group")
    }
  }

  private static func tenant(_ head: RequestHead) throws(SandboxRefusal) -> TenantID {
    guard let name = head.fields["X-Scope-OrgID"], !name.isEmpty else {
      throw SandboxRefusal(status: 401, text: "no org id")
    }
    guard let tenant = try? TenantID(name) else {
      throw SandboxRefusal(
        status: 400, text: #"{"status":"error","errorType":"bad_data","error":"no org id"}"#, isJSON: true)
    }
    return tenant
  }

  private static func found(_ document: DocumentNode?, or absence: String) throws(SandboxRefusal) -> Answer {
    guard let document else { throw SandboxRefusal(status: 404, text: absence) }
    return yaml(GoYAMLWriter.text(of: document))
  }

  private static func yaml(_ text: String) -> Answer {
    Answer(status: 200, fields: ["Content-Type": "application/yaml"], body: Array(text.utf8))
  }
}
