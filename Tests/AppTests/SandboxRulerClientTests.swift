import Model
import TestSupport
import Testing

@testable import App
@testable import Transport

/// The ruler's client and the sandbox understand each other, whatever a group is.
struct SandboxRulerClientTests {
  /// Hands requests over to a sandbox.
  private struct SandboxHTTP: HTTPClient {
    let service: SandboxService

    func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
      let target = String(request.url.dropFirst("http://sandbox".count))
      let head = RequestHead(
        method: request.method, target: target, fields: request.fields, contentLength: request.body?.count)
      let answer = service.answer(head, body: SharedBytes(request.body ?? []))
      return HTTPResponse(status: answer.status, fields: answer.fields, body: answer.body)
    }

    func stream(_ request: HTTPRequest, silence: Duration) async throws(HTTPFailure) -> HTTPStreamedResponse {
      throw .network("a ruler streams nothing")
    }
  }

  private let client: CortexRulerClient

  init() {
    let service = SandboxService(compression: LiteralSnappy(), time: SandboxTestTime.clock())
    client = CortexRulerClient(
      RulerClientConfiguration(rulerURL: "http://sandbox/", distributorURL: "http://sandbox/"),
      http: SandboxHTTP(service: service))
  }

  private func key(_ namespace: String, _ group: String) throws -> RuleKey {
    RuleKey(tenant: try TenantID("acme"), namespace: namespace, group: group)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func whatIsPutIsRead(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    var expected: [RuleKey: RuleGroup] = [:]
    for _ in 0..<30 {
      let key = try key(Self.name(&random), Self.name(&random))
      expected[key] = Self.group(key.group, &random)
      try await client.put(try #require(expected[key]), as: key)
    }
    let rules = try #require(await client.rules(of: TenantID("acme")).present)
    #expect(rules.namespaces.values.reduce(0) { $0 + $1.count } == expected.count)
    for (key, group) in expected {
      let canonical = CanonicalGroup(group, dialect: .cortex).hash
      let alone = try #require(await client.group(key).present)
      #expect(CanonicalGroup(alone, dialect: .cortex).hash == canonical, "\(JSONWriter.text(of: group.document))")
      let listed = rules.namespaces[key.namespace]?.compactMap { group -> RuleGroup? in
        if case .group(let group) = group { group } else { nil }
      }
      let found = try #require(listed?.first { $0.name == key.group })
      #expect(CanonicalGroup(found, dialect: .cortex).hash == canonical)
    }
    for key in expected.keys { try await client.delete(key) }
    guard case .absent = try await client.rules(of: TenantID("acme")) else { return #expect(Bool(false)) }
  }

  @Test func tenantsAreFoundAndToldApart() async throws {
    try await client.put(
      RuleGroup(name: "g", rules: [Rule(record: "a", expression: "up")]), as: try key("ns", "g"))
    #expect(await client.tenants() == RulerTenants(names: ["acme"]))
    #expect(await client.tenantIsolation() == .isolated)
  }

  @Test func aBadExpressionIsRefusedWithoutAWord() async throws {
    let group = RuleGroup(name: "g", rules: [Rule(record: "a", expression: "sum(")])
    let failure = await #expect(throws: RulerFailure.self) { try await client.put(group, as: try key("ns", "g")) }
    #expect(failure?.kind == .invalid)
    #expect(failure?.message.contains("expression") == true)
  }

  private static func name(_ random: inout SplitMix64) -> String {
    let pieces = [
      "a", "b", "1", "yes", "/", "%", " ", "+", ":", "#", "ä", "\u{1F600}", "..", "?", "'", "\"", "\\", "\n", "{", "~",
    ]
    return "n" + (0..<random.below(5)).map { _ in random.pick(pieces) }.joined()
  }

  private static func group(_ name: String, _ random: inout SplitMix64) -> RuleGroup {
    RuleGroup(
      name: name, interval: random.pick(["", "60s", "90d", "1h90m"]), queryOffset: random.pick([nil, "0s", "120s"]),
      limit: random.pick(["", "0", "10"]), labels: random.pick([[:], ["team": "a\nb", "yes": "1e3"]]),
      rules: (0...random.below(3)).map { _ in rule(&random) })
  }

  private static func rule(_ random: inout SplitMix64) -> Rule {
    let expression = expression(&random)
    let labels = random.pick([[:], ["a": "", "b10": "\t", "b9": " x"]])
    if random.oneIn(2) { return Rule(record: "a:b", expression: expression, labels: labels) }
    return Rule(
      alert: random.pick(["A", "A: b", "\u{1F600}", "5"]), expression: expression,
      pendingFor: random.pick(["", "0s", "300s"]),
      keepFiringFor: random.pick(["", "1m"]), labels: labels,
      annotations: [
        "summary": random.pick(["{{ $labels.instance }} is down", "\n  two\n\nlines \n", "\tx\ny", " ", "|4-"])
      ])
  }

  /// An expression with space of every kind wherever space may be.
  private static func expression(_ random: inout SplitMix64) -> String {
    let space = { (random: inout SplitMix64) in
      (0..<random.below(3)).map { _ in random.pick([" ", "\n", "\t", "  ", "# ä: x\n", "\n\n"]) }.joined()
    }
    return ["sum", "(", "up", ")", ">", random.pick(["1", "1e3"])].map { space(&random) + $0 }.joined() + space(&random)
  }
}

extension RulerReading {
  fileprivate var present: Content? {
    if case .present(let content) = self { content } else { nil }
  }
}
