import Model
import TestSupport

/// A ruler of a test's own, over HTTP: groups by `tenant/namespace/group`.
final class RulerStandIn: Sendable {
  let groups: Watched<[String: DocumentNode]>
  private let server: ScriptedUpstream

  private init(_ groups: Watched<[String: DocumentNode]>, _ server: ScriptedUpstream) {
    self.groups = groups
    self.server = server
  }

  static func start() async throws -> RulerStandIn {
    let groups = Watched<[String: DocumentNode]>([:])
    let server = try await ScriptedUpstream.start { request in Self.answer(request, groups) }
    return RulerStandIn(groups, server)
  }

  var url: String { "http://127.0.0.1:\(server.port)/" }

  /// How many writes there have been, of others than the test.
  var writes: Int { server.requests.count { $0.method != "GET" } }

  /// The expression of the first rule of a group.
  func expression(_ key: String) -> String? { Self.expression(groups.value[key]) }

  /// Puts a group with one rule, as people do.
  func put(_ key: String, expression: String) {
    let rule = DocumentNode.object([("record", .text("a:b")), ("expr", .text(expression))])
    let name = key.split(separator: "/").last.map(String.init) ?? ""
    let group = DocumentNode.object([("name", .text(name)), ("rules", DocumentNode(.sequence([rule])))])
    groups.update { $0[key] = group }
  }

  /// Waits until a group has an expression; `nil` until there is no such group.
  func wait(for key: String, toBe expression: String?) async throws {
    try await groups.wait(for: "\(key) to be \(expression ?? "gone")", within: .seconds(60)) {
      Self.expression($0[key]) == expression
    }
  }

  private static func expression(_ group: DocumentNode?) -> String? {
    group?["rules"]?.items?.first?["expr"]?.text
  }

  private static func answer(_ request: ReceivedRequest, _ groups: Watched<[String: DocumentNode]>) -> ScriptedAnswer {
    let path = request.target.split(separator: "/").map(String.init)
    let tenant = request.tenant ?? ""
    switch (request.method, path.count, path.prefix(3)) {
    case ("GET", 2, ["ruler", "rule_groups"]):
      let tenants = Set(groups.value.keys.compactMap { $0.split(separator: "/").first.map(String.init) })
      return .answer(200, body: JSONWriter.text(of: .object(tenants.sorted().map { ($0, list(of: $0, groups.value)) })))
    case ("GET", 2, ["distributor", "all_user_stats"]): return .answer(200, body: "[]")
    case ("GET", 3, ["api", "v1", "rules"]):
      guard !tenant.isEmpty else { return .answer(401, body: "no org id") }
      let list = list(of: tenant, groups.value)
      return list.fields?.isEmpty == false
        ? .answer(200, body: JSONWriter.text(of: list)) : .answer(404, body: "no rule groups found\n")
    case ("GET", 5, ["api", "v1", "rules"]):
      guard let group = groups.value["\(tenant)/\(path[3])/\(path[4])"] else {
        return .answer(404, body: "group does not exist\n")
      }
      return .answer(200, body: JSONWriter.text(of: group))
    case ("POST", 4, ["api", "v1", "rules"]):
      guard let group = try? JSONReader.read(request.body), let name = group["name"]?.text else {
        return .answer(400, body: "unable to decoded rule group")
      }
      groups.update { $0["\(tenant)/\(path[3])/\(name)"] = group }
      return .answer(202, body: #"{"status":"success"}"#)
    case ("DELETE", 5, ["api", "v1", "rules"]):
      groups.update { $0["\(tenant)/\(path[3])/\(path[4])"] = nil }
      return .answer(202, body: #"{"status":"success"}"#)
    default: return .answer(404, body: "404 page not found\n")
    }
  }

  private static func list(of tenant: String, _ groups: [String: DocumentNode]) -> DocumentNode {
    var namespaces: [String: [DocumentNode]] = [:]
    for (key, group) in groups.sorted(by: { $0.key < $1.key }) {
      let parts = key.split(separator: "/").map(String.init)
      if parts[0] == tenant { namespaces[parts[1], default: []].append(group) }
    }
    return .object(namespaces.sorted { $0.key < $1.key }.map { ($0.key, DocumentNode(.sequence($0.value))) })
  }
}
