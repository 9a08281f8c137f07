import Model
import TestSupport
import Testing

@testable import Actors

/// The informer's port: what is posted to the webhook, and everything else.
@Suite struct ReviewerTests {
  /// Finds fault with everything.
  private struct Strict: RuleValidating {
    func verdict(on group: RuleGroup) -> RuleVerdict {
      RuleVerdict(findings: [RuleVerdict.Finding(.error, .groupName, path: "name", message: "never")])
    }
  }

  private static let fields: HeaderFields = ["Content-Type": "application/json"]

  private let connection = FakeConnection()
  private let reviews = Mailbox<Submission>(capacity: 1)
  private let budget = ByteBudget(limit: 10_000)
  private let metrics = ReviewMetrics()
  private let resources = Broadcast<ResourceView>()
  private let actor: ConnectionActor
  private let reviewer: Reviewer

  init() {
    actor = ConnectionActor(
      transport: connection,
      context: ConnectionContext(
        contentLengthLimit: 1000, budget: budget, intake: ReviewIntake(reviews: reviews),
        scrapes: Mailbox(capacity: 1), readiness: Readiness(), time: ManualTime()))
    reviewer = Reviewer(
      reviews: reviews, check: ResourceCheck(validation: Strict()), resources: resources, metrics: metrics)
  }

  /// A whole request.
  private func send(
    _ method: String, _ target: String, id: Int = 1, fields: HeaderFields = fields, body: [UInt8] = []
  ) async {
    let head = RequestHead(method: method, target: target, fields: fields, contentLength: body.count)
    await connection.perform { [actor] in
      let collects = actor.requestBegan(RequestID(id), head) == .collect
      if collects { _ = actor.bodyArrived(RequestID(id), count: body.count) }
      actor.requestEnded(RequestID(id), body: SharedBytes(collects ? body : []))
    }
  }

  private func question(groups: Int) -> [UInt8] {
    let group = #"{"name":"g","rules":[]}"#
    let groups = Array(repeating: group, count: groups).joined(separator: ",")
    return Array(
      #"""
      {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u-1","object":
      {"kind":"OpenMetricsRule","metadata":{"name":"r"},"spec":{"tenants":["a"],"groups":[\#(groups)]}}}}
      """#.utf8)
  }

  private func count(_ result: String) -> Double? {
    let samples = metrics.all.flatMap { $0.collect() }.flatMap(\.samples)
    guard case .integer(let value)? = samples.first(where: { $0.labels == ["result": result] })?.value else {
      return nil
    }
    return Double(value)
  }

  @Test(arguments: [(0, "true", "allowed"), (1, "false", "refused")])
  func aQuestionIsAnswered(groups: Int, allowed: String, result: String) async throws {
    let work = Task { await reviewer.run() }
    await send("POST", "/validate?timeout=10s", body: question(groups: groups))
    let answer = try #require(try await connection.answer(to: RequestID(1)))
    #expect(answer.status == 200)
    #expect(answer.fields["Content-Type"] == "application/json")
    #expect(try JSONReader.read(answer.body)["response"]?["allowed"]?.text == allowed)
    #expect(count(result) == 1)
    reviews.close()
    await work.value
    #expect(budget.inUse == 0)
  }

  @Test(arguments: ["", "{", "[]", #"{"kind":"Pod"}"#])
  func whatIsNoQuestionIsABadRequest(body: String) async throws {
    let work = Task { await reviewer.run() }
    await send("POST", "/validate", body: Array(body.utf8))
    #expect(try await connection.answer(to: RequestID(1))?.status == 400)
    #expect(count("malformed") == 1)
    reviews.close()
    await work.value
  }

  @Test func aQuestionTooManyIsToldToComeAgain() async {
    await send("POST", "/validate", id: 1, body: question(groups: 0))
    await send("POST", "/validate", id: 2, body: question(groups: 0))
    #expect(connection.answers.map(\.id.number) == [2])
    #expect(connection.answers.first?.answer.status == 503)
  }

  @Test(
    arguments: [
      ("POST", "/", "GET"), ("POST", "/api/v1/push", "GET"), ("POST", "/validate/", "GET"), ("PUT", "/", "GET"),
      ("PUT", "/validate", "GET, POST"), ("DELETE", "/metrics", "GET"),
    ])
  func nothingElseMayBePosted(method: String, target: String, allowed: String) async {
    await send(method, target, body: [1, 2, 3])
    #expect(connection.answers.first?.answer.status == 405)
    #expect(connection.answers.first?.answer.fields["Allow"] == allowed)
    #expect(budget.inUse == 0)
  }

  @Test(arguments: [("/", "Up\n"), ("/validate", "Up\n"), ("/-/healthy", "OK\n"), ("/-/ready", "OK\n")])
  func whatIsReadIsAnswered(target: String, text: String) async {
    await send("GET", target)
    #expect(connection.answers.first.map { String(decoding: $0.answer.body, as: UTF8.self) } == text)
  }

  @Test(
    arguments: [
      ["Content-Type": "application/yaml"], ["Content-Type": "text/json"], [:],
    ] as [HeaderFields])
  func onlyJSONIsTaken(fields: HeaderFields) async {
    await send("POST", "/validate", fields: fields, body: question(groups: 0))
    #expect(connection.answers.first?.answer.status == 415)
  }

  @Test func aQuestionIsBounded() async {
    await send("POST", "/validate", body: Array(repeating: 0x20, count: 1001))
    #expect(connection.answers.first?.answer.status == 413)
  }
}
