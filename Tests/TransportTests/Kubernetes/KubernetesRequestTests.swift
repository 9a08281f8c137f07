import Model
import TestSupport
import Testing

@testable import Transport

/// How requests are sent, and sent again.
@Suite(.timeLimit(.minutes(2)))
struct KubernetesRequestTests {
  private let id = ResourceID(namespace: "default", name: "cpu")

  private func failure<Result>(_ body: () async throws(KubernetesFailure) -> Result) async -> KubernetesFailure? {
    do {
      _ = try await body()
      return nil
    } catch {
      return error
    }
  }

  private static func status(_ code: Int, _ reason: String, _ message: String, fields: HeaderFields = [:])
    -> ScriptedAnswer
  {
    let body = DocumentNode.object([
      ("kind", .text("Status")), ("message", .text(message)), ("reason", .text(reason)), ("code", .number(code)),
    ])
    return .answer(code, fields: fields, body: JSONWriter.text(of: body))
  }

  @Test func everyRequestSaysWhoAsks() async throws {
    let server = try await ScriptedUpstream.start { _ in .answer(200, body: "{}") }
    let running = RunningKubernetes(
      url: "http://127.0.0.1:\(server.port)/base",
      impersonation: ["Impersonate-User": "jane", "Impersonate-Group": "a", "impersonate-group": "b"])
    _ = try await running.client.get(.configMap, id)
    let request = server.requests[0]
    #expect(request.target == "/base/api/v1/namespaces/default/configmaps/cpu")
    #expect(request.fields["Authorization"] == "Bearer secret")
    #expect(request.fields["User-Agent"] == "OM_mt_I/1")
    #expect(request.fields["Impersonate-User"] == "jane")
    #expect(request.fields.values(of: "Impersonate-Group") == ["a", "b"])
  }

  @Test func aMissingPermissionIsNamed() async throws {
    let server = try await ScriptedUpstream.start { _ in
      Self.status(403, "Forbidden", "User \"system:serviceaccount:a:b\" cannot do it")
    }
    let client = RunningKubernetes(url: "http://127.0.0.1:\(server.port)")
    let list = await failure { () throws(KubernetesFailure) in
      try await NamespaceReflector.list(by: client.client, in: nil, "")
    }
    #expect(list?.kind == .forbidden)
    #expect(
      list?.message == """
        list openmetricsrules in all namespaces: no permission. It takes list on openmetricsrules of group \
        open-metrics.vgs.io in all namespaces (a ClusterRole). The server says: User \
        "system:serviceaccount:a:b" cannot do it
        """)
    let status = await failure { () throws(KubernetesFailure) in
      try await client.client.apply(
        .openMetricsRule, id, subresource: "status", as: "x", force: true, .object([]))
    }
    #expect(
      status?.message.contains("It takes patch on openmetricsrules/status of group open-metrics.vgs.io in namespace")
        == true)
    let map = await failure { () throws(KubernetesFailure) in try await client.client.get(.configMap, id) }
    #expect(map?.message.contains("It takes get on configmaps of the core group in namespace default") == true)
  }

  @Test func aKindThatTheServerDoesNotKnowIsNamed() async throws {
    let server = try await ScriptedUpstream.start { _ in .answer(404, body: "404 page not found\n") }
    let running = RunningKubernetes(url: "http://127.0.0.1:\(server.port)")
    let failure = await failure { () throws(KubernetesFailure) in
      try await NamespaceReflector.list(by: running.client, in: "default", "")
    }
    #expect(failure?.kind == .notFound)
    #expect(failure?.message.contains("is its CustomResourceDefinition installed?") == true)
  }

  @Test(arguments: [
    "<html>", "", "[]", "{}", "{\"metadata\":{}}", "{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":3}",
  ])
  func whatIsNoListIsNotTakenForAnEmptyOne(_ body: String) async throws {
    let server = try await ScriptedUpstream.start { _ in .answer(200, body: body) }
    let running = RunningKubernetes(url: "http://127.0.0.1:\(server.port)")
    let failure = await failure { () throws(KubernetesFailure) in
      try await NamespaceReflector.list(by: running.client, in: "default", "")
    }
    #expect(failure?.kind == .unreadable)
  }

  @Test func noServerIsATransientFailure() async throws {
    let running = RunningKubernetes(url: "http://127.0.0.1:\(try FreePort.find())")
    let failure = await failure { () throws(KubernetesFailure) in try await running.client.get(.lease, id) }
    #expect(failure?.kind == .network)
    #expect(failure?.isTransient == true)
    #expect(running.client.metrics.requests.with("get", "error").value == 1)
  }

  @Test func tooManyRequestsAreSentAgainWhenTheServerSays() async throws {
    let server = try await ScriptedUpstream.start { request in
      request.attempt < 2
        ? Self.status(429, "TooManyRequests", "slow down", fields: ["Retry-After": "2"]) : .answer(200, body: "{}")
    }
    let running = RunningKubernetes(url: "http://127.0.0.1:\(server.port)")
    let answer = Task { try await running.client.get(.lease, id) }
    for _ in 0..<2 {
      #expect(try await running.time.nextSleep() == running.time.now + .seconds(2))
      running.time.advance(by: .seconds(2))
    }
    _ = try await answer.value
    #expect(server.requests.count == 3)
    #expect(running.client.metrics.requests.with("get", "429").value == 2)
    #expect(running.client.metrics.requests.with("get", "200").value == 1)
  }

  @Test func aServerThatAsksForALongPauseIsNotAskedAgain() async throws {
    let server = try await ScriptedUpstream.start { _ in
      Self.status(429, "TooManyRequests", "slow down", fields: ["Retry-After": "60"])
    }
    let running = RunningKubernetes(url: "http://127.0.0.1:\(server.port)")
    let failure = await failure { () throws(KubernetesFailure) in try await running.client.get(.lease, id) }
    #expect(failure?.kind == .throttled && failure?.retryAfter == .seconds(60))
    #expect(server.requests.count == 1)
  }

  @Test func requestsBeyondTheRateWaitTheirTurn() async throws {
    let server = try await ScriptedUpstream.start { _ in .answer(200, body: "{}") }
    let running = RunningKubernetes(url: "http://127.0.0.1:\(server.port)") {
      $0.requestsPerSecond = 4
      $0.requestBurst = 2
    }
    for _ in 0..<2 { _ = try await running.client.get(.configMap, id) }
    let third = Task { try await running.client.get(.configMap, id) }
    #expect(try await running.time.nextSleep() == running.time.now + .milliseconds(250))
    #expect(server.requests.count == 2)
    running.time.advance(by: .milliseconds(250))
    _ = try await third.value
    // One that is cancelled while it waits is not sent.
    let fourth = Task { try await running.client.get(.configMap, id) }
    _ = try await running.time.nextSleep()
    fourth.cancel()
    await #expect(throws: KubernetesFailure(.cancelled, "cancelled")) { try await fourth.value }
    #expect(server.requests.count == 3)
  }

  /// Who writes much must not lose the lease for that.
  @Test func aLeaseWaitsForNoTurn() async throws {
    let server = try await ScriptedUpstream.start { _ in .answer(200, body: "{}") }
    let running = RunningKubernetes(url: "http://127.0.0.1:\(server.port)") {
      $0.requestsPerSecond = 0.01
      $0.requestBurst = 1
    }
    _ = try await running.client.get(.configMap, id)
    let waiting = Task { try await running.client.get(.configMap, id) }
    _ = try await running.time.nextSleep()
    for _ in 0..<3 { _ = try await running.client.get(.lease, id) }
    #expect(server.requests.count == 4)
    waiting.cancel()
  }

  // MARK: Credentials

  /// Makes another token whenever one was refused.
  private actor Tokens: KubernetesCredentials {
    private(set) var number = 1
    func current() async throws(KubernetesFailure) -> KubernetesCredential { .bearer("token-\(number)") }
    func refused(_ credential: KubernetesCredential) async { number += 1 }
  }

  @Test func refusedCredentialsAreMadeAnewOnce() async throws {
    let server = try await ScriptedUpstream.start { request in
      request.fields["Authorization"] == "Bearer token-2"
        ? .answer(200, body: "{}") : Self.status(401, "Unauthorized", "Unauthorized")
    }
    let tokens = Tokens()
    let running = RunningKubernetes(url: "http://127.0.0.1:\(server.port)", credentials: tokens)
    _ = try await running.client.get(.lease, id)
    _ = try await running.client.get(.lease, id)
    #expect(
      server.requests.compactMap { $0.fields["Authorization"] } == [
        "Bearer token-1", "Bearer token-2", "Bearer token-2",
      ])
    await tokens.refused(.none)
    let failure = await failure { () throws(KubernetesFailure) in try await running.client.get(.lease, id) }
    #expect(failure?.kind == .unauthorized)
    #expect(server.requests.count == 5)
  }

  @Test func watchesRenewTheirCredentialsToo() async throws {
    let server = try await ScriptedUpstream.start { request in
      request.fields["Authorization"] == "Bearer token-2" ? .answer(200) : Self.status(401, "Unauthorized", "no")
    }
    let running = RunningKubernetes(url: "http://127.0.0.1:\(server.port)", credentials: Tokens())
    let ending = await running.client.watch(.openMetricsRule, in: nil, from: "1", seconds: 1) {
      (_) throws(DocumentError) in
    }
    #expect(ending == .closed)
    #expect(server.requests.count == 2)
  }
}
