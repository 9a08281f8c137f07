import Logging
import Model
import Synchronization
import TestSupport
import Testing

@testable import Actors

/// Requests that need permission, at the connection.
@Suite(.timeLimit(.minutes(1)))
struct ConnectionAccessTests {
  /// A connection that keeps the answers, on an executor of its own.
  private final class KeptAnswers: ConnectionTransport {
    var workExecutor: (any TaskExecutor)? { nil }

    private final class Executor: SerialExecutor {
      private let lock = Mutex(())

      func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        lock.withLock { _ in job.runSynchronously(on: asUnownedSerialExecutor()) }
      }

      func checkIsolated() {}
    }

    let executor: any SerialExecutor = Executor()
    let answers = Watched<[RequestID: Answer]>([:])

    func respond(to id: RequestID, with answer: Answer) {
      answers.update { $0[id] = answer }
    }
  }

  private let id = RequestID(1)
  private let transport = KeptAnswers()
  private let verifier = ScriptedVerifier()
  private let authenticator: Authenticator
  private let loads = Mailbox<Load>(capacity: 10)
  private let budget = ByteBudget(limit: 1000)
  private let metrics = ProxyMetrics()
  private let registry = MetricsRegistry()
  private let connection: ConnectionActor

  init() throws {
    authenticator = Authenticator(verifier: verifier, digest: PlainDigest(), maximumChecks: 1)
    authenticator.replace(tokens: ["token"])
    authenticator.replace(hashes: ["ana": try #require(PasswordHash(ScriptedVerifier.hash))])
    let readiness = Readiness()
    let context = ConnectionContext(
      contentLengthLimit: 100, budget: budget,
      intake: LoadIntake(loads: loads, lanes: LoadLanes(), readiness: readiness, metrics: metrics),
      scrapes: registry.scrapes,
      readiness: readiness, time: StoppedTime(),
      access: AccessPolicy(authenticator: authenticator, protectsSubmissions: true, protectsMetrics: true))
    connection = ConnectionActor(transport: transport, context: context)
  }

  private struct StoppedTime: TimeSource {
    var now: MonotonicTime { MonotonicTime(nanoseconds: 0) }
    var secondsSince1970: Double { 0 }
    func sleep(until deadline: MonotonicTime) async throws {}
  }

  private func head(_ method: String, _ authorization: String?) -> RequestHead {
    var fields: HeaderFields = ["Content-Type": "application/x-protobuf", "Content-Encoding": "snappy"]
    if let authorization { fields.add("Authorization", authorization) }
    return RequestHead(method: method, target: "/metrics", fields: fields, contentLength: 3)
  }

  private func basic(_ password: String) -> String { "Basic \(Base64.encode(Array("ana:\(password)".utf8)))" }

  private func answer() async throws -> Answer {
    try #require(try await transport.answers.wait(for: "an answer") { $0[id] != nil }[id])
  }

  private func loadsAreHandedOver(_ count: Int) {
    #expect(loads.count == count)
  }

  @Test func aTokenIsEnough() {
    #expect(connection.requestBegan(id, head("POST", "Bearer token")) == .collect)
    #expect(connection.bodyArrived(id, count: 3) == .collect)
    connection.requestEnded(id, body: SharedBytes([1, 2, 3]))
    #expect(transport.answers.value.isEmpty)
    loadsAreHandedOver(1)
  }

  @Test(arguments: [nil, "Bearer wrong", "Basic", "Negotiate x"] as [String?])
  func withoutPermissionTheBodyIsNotRead(_ authorization: String?) async throws {
    #expect(connection.requestBegan(id, head("POST", authorization)) == .discard)
    let answer = try await answer()
    #expect(answer.status == 401)
    #expect(answer.fields.values(of: "WWW-Authenticate").count == 2)
    #expect(String(decoding: answer.body, as: UTF8.self) == "unauthorized\n")
    #expect(metrics.loads.with("401").value == 1)
    loadsAreHandedOver(0)
  }

  enum Moment: CaseIterable {
    case beforeTheBody, duringTheBody, afterTheBody
  }

  @Test(arguments: Moment.allCases, ["secret", "wrong"])
  func theBodyComesWhileThePasswordIsChecked(_ moment: Moment, _ password: String) async throws {
    let isRight = password == ScriptedVerifier.password
    #expect(connection.requestBegan(id, head("POST", basic(password))) == .collect)
    try await verifier.checked.wait(for: "the check") { $0.count == 1 }
    if moment != .beforeTheBody { #expect(connection.bodyArrived(id, count: 2) == .collect) }
    if moment == .afterTheBody {
      connection.requestEnded(id, body: SharedBytes([1, 2]))
      loadsAreHandedOver(0)
    }
    verifier.gate.open()
    if isRight {
      // The connection learns it on its own executor, some time after the authenticator does.
      while authenticator.decide(["Authorization": basic(password)]) != .granted { await Task.yield() }
      if moment != .afterTheBody { connection.requestEnded(id, body: SharedBytes([1, 2])) }
      while loads.count == 0 { await Task.yield() }
      #expect(transport.answers.value.isEmpty)
    } else {
      #expect(try await answer().status == 401)
      #expect(connection.bodyArrived(id, count: 1) == .discard)
      connection.requestEnded(id, body: SharedBytes([]))
      loadsAreHandedOver(0)
      #expect(budget.inUse == 0)
    }
  }

  @Test func tooManyPasswordsToCheckAreATransientFault() async throws {
    #expect(connection.requestBegan(RequestID(7), head("POST", basic("wrong"))) == .collect)
    try await verifier.checked.wait(for: "the check") { $0.count == 1 }
    #expect(connection.requestBegan(id, head("POST", basic("other"))) == .collect)
    let answer = try await answer()
    #expect(answer.status == 503)
    #expect(answer.fields["Retry-After"] == "1")
    verifier.gate.open()
  }

  @Test(arguments: ["wrong", "secret"])
  func aScrapeWaitsForTheCheck(_ password: String) async throws {
    #expect(connection.requestBegan(id, head("GET", basic(password))) == .discard)
    try await verifier.checked.wait(for: "the check") { $0.count == 1 }
    #expect(transport.answers.value.isEmpty)
    #expect(registry.scrapes.count == 0)
    verifier.gate.open()
    if password == ScriptedVerifier.password {
      while registry.scrapes.count == 0 { await Task.yield() }
    } else {
      #expect(try await answer().status == 401)
      #expect(metrics.failures.value == 0)
    }
  }

  @Test func aRequestThatIsGoneIsForgotten() async throws {
    #expect(connection.requestBegan(id, head("POST", basic("secret"))) == .collect)
    #expect(connection.bodyArrived(id, count: 2) == .collect)
    connection.requestAborted(id)
    #expect(budget.inUse == 0)
    verifier.gate.open()
    #expect(await authenticator.verify(try #require(BasicCredentials(Array("ana:secret".utf8)))) == .granted)
    loadsAreHandedOver(0)
    #expect(transport.answers.value.isEmpty)
  }
}
