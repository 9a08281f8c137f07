import Foundation
import Glibc
import Model
import TestSupport
import Testing

/// A client of gRPC that shares nothing with the proxy, and the built program.
///
/// One at a time: all at once, on few processors, each would run into its own time limits.
@Suite(
  .enabled(if: PythonGRPC.interpreter != nil, "\(PythonGRPC.missing)"), .serialized, .timeLimit(.minutes(5)))
struct PythonGRPCTests {
  private static let distributor = "distributor.Distributor"

  @Test(arguments: ["identity", "gzip"])
  func aPushArrives(_ compression: String) async throws {
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(upstream: upstream.url)
    let outcome = try await PythonGRPC.call("push", compression, port: proxy.port)
    #expect(outcome.code == "OK")
    #expect(outcome.response?.isEmpty == true)
    #expect(upstream.requests.compactMap(\.tenant).sorted() == ["0", "grpc"])
    for request in upstream.requests { #expect(try request.values(of: "__name__") == ["grpc_test"]) }
  }

  @Test(arguments: [(503, "UNAVAILABLE"), (429, "RESOURCE_EXHAUSTED"), (400, "INVALID_ARGUMENT")])
  func whatTheUpstreamSaysIsHeard(status: Int, code: String) async throws {
    let upstream = try await ScriptedUpstream.start { _ in
      .answer(status, fields: ["Retry-After": "30"], body: "100 % über")
    }
    let proxy = try await ProxyProcess.start(upstream: upstream.url)
    let outcome = try await PythonGRPC.call("push", port: proxy.port)
    #expect(outcome.code == code)
    let lines = ["0", "grpc"].map { "tenant=\($0) status=\(status) 100 % über" }
    #expect(outcome.details == lines.joined(separator: "\n"))
    #expect(outcome.trailing?["retry-after"] == (status == 400 ? nil : "30"))
  }

  @Test func aDeadlineEndsTheCallAndNothingElse() async throws {
    let gate = Gate()
    let upstream = try await ScriptedUpstream.start { _ in .after(gate, .answer(200)) }
    let proxy = try await ProxyProcess.start(upstream: upstream.url)
    let outcome = try await PythonGRPC.call("deadline", "--timeout", "1", port: proxy.port)
    #expect(outcome.code == "DEADLINE_EXCEEDED")
    try await expectRecovery(proxy, gate)
  }

  @Test func aCallCanBeCancelledWhileItIsForwarded() async throws {
    let gate = Gate()
    let upstream = try await ScriptedUpstream.start { _ in .after(gate, .answer(200)) }
    let proxy = try await ProxyProcess.start(upstream: upstream.url)
    let call = try PythonGRPC.start(["cancel"], port: proxy.port)
    try await upstream.requests(count: 2, within: .seconds(60))
    call.signal(SIGUSR1)
    let outcome = try await PythonGRPC.outcome(of: call)
    #expect(outcome.cancelled == true)
    #expect(outcome.code == "CANCELLED")
    try await expectRecovery(proxy, gate)
  }

  /// Nothing is left of a call that was given up, and the next one is taken.
  private func expectRecovery(_ proxy: ProxyProcess, _ gate: Gate) async throws {
    gate.open()
    try await proxy.becomesIdle()
    #expect(try await PythonGRPC.call("push", port: proxy.port).code == "OK")
  }

  @Test func aWrongMethodIsUnimplemented() async throws {
    let proxy = try await ProxyProcess.start()
    let outcome = try await PythonGRPC.call("wrong-method", port: proxy.port)
    #expect(outcome.code == "UNIMPLEMENTED")
    #expect(outcome.details == "unknown method Pull for service \(Self.distributor)")
  }

  @Test func aMessageOfMoreThanTheLimitExhaustsResources() async throws {
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(["--grpc-message-limit", "1048576"], upstream: upstream.url)
    let outcome = try await PythonGRPC.call("oversize", "--size", "8388608", port: proxy.port)
    #expect(outcome.code == "RESOURCE_EXHAUSTED")
    #expect(outcome.details?.hasSuffix(" is larger than the limit of 1048576") == true, "\(outcome)")
    #expect(upstream.requests.isEmpty)
    #expect(try await PythonGRPC.call("push", "--size", "1000000", port: proxy.port).code == "OK")
  }

  @Test func aPushMayComeThroughHTTPGRPC() async throws {
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(upstream: upstream.url)
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(try TestLoad(["acme"]).body()).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let outcome = try await PythonGRPC.call("handle", "--body", file.path, port: proxy.port)
    #expect(outcome.code == "OK")
    #expect(outcome.status == 200)
    #expect(upstream.requests.compactMap(\.tenant).sorted() == ["0", "acme"])
  }

  @Test(arguments: [
    ("", "OK", "SERVING"), (distributor, "OK", "SERVING"), ("httpgrpc.HTTP", "OK", "SERVING"),
    ("no.such.Service", "NOT_FOUND", nil),
  ])
  func healthIsReported(service: String, code: String, state: String?) async throws {
    let proxy = try await ProxyProcess.start()
    let outcome = try await PythonGRPC.call("health", service, port: proxy.port)
    #expect(outcome.code == code)
    #expect(outcome.state == state)
  }

  @Test func whoWatchesHealthIsToldOfTheEndWhileALoadIsInFlight() async throws {
    let gate = Gate()
    let upstream = try await ScriptedUpstream.start { _ in .after(gate, .answer(200)) }
    let proxy = try await ProxyProcess.start(
      ["--drain-timeout-seconds", "60", "--forward-timeout-seconds", "60"], upstream: upstream.url)
    let push = try PythonGRPC.start(["push", "--timeout", "60"], port: proxy.port)
    try await upstream.requests(count: 2, within: .seconds(60))
    let watch = try PythonGRPC.start(["watch"], port: proxy.port)
    try await watch.observed.wait(for: "the first state", within: .seconds(60)) { $0.outputLines.count == 1 }

    proxy.process.signal(SIGTERM)
    try await watch.observed.wait(for: "the second state", within: .seconds(60)) { $0.outputLines.count == 2 }
    let late = try await PythonGRPC.call("push", port: proxy.port)
    #expect(late.code == "UNAVAILABLE")
    #expect(late.trailing?["retry-after"] == "1")
    #expect(try await PythonGRPC.call("health", port: proxy.port).state == "NOT_SERVING")
    gate.open()
    #expect(try await PythonGRPC.outcome(of: push).code == "OK")
    #expect(try await proxy.process.waitForExit(within: .seconds(60)) == .code(0))
    let outcome = try await PythonGRPC.outcome(of: watch)
    #expect(outcome.states == ["SERVING", "NOT_SERVING"])
    #expect(outcome.code == "UNAVAILABLE")
  }

  @Test func reflectionDescribesEveryService() async throws {
    let proxy = try await ProxyProcess.start()
    let outcome = try await PythonGRPC.call("reflection", port: proxy.port)
    let services = try #require(outcome.services)
    #expect(services.contains(Self.distributor) && services.contains("httpgrpc.HTTP"))
    #expect(services.contains("grpc.health.v1.Health"))
    for service in services { #expect(outcome.files?[service]?.isEmpty == false, "\(service)") }
  }
}
