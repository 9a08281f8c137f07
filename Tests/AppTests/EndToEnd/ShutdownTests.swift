import Foundation
import Glibc
import Model
import TestSupport
import Testing

/// SIGTERM while there is work.
///
/// One at a time: all at once, on few processors, each would run into its own time limits.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct ShutdownTests {
  /// What a sender saw before it was sent away.
  private struct Sent: Sendable {
    var accepted: [[UInt8]] = []
    var refusal: HTTPReply?
  }

  private static let senders = 8

  /// Posts numbered loads over one connection until one is not taken.
  private func send(from sender: Int, to port: Int) async throws -> Sent {
    let probe = try await HTTPProbe.connect(to: port)
    var sent = Sent()
    for number in 0... {
      let body = try TestLoad([""], name: "sender_\(sender)", value: Double(number)).body()
      try await probe.send("POST", "/", fields: TestLoad.fields, body: body)
      let reply = try await probe.reply(within: .seconds(60))
      guard reply.status == 200 else {
        sent.refusal = reply
        break
      }
      sent.accepted.append(body)
    }
    return sent
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func whatWasAcceptedHasArrivedAndTheRestIsSentAway(_ signal: CInt) async throws {
    let gate = Gate()
    let upstream = try await ScriptedUpstream.start { request in
      request.tenant == "slow" ? .after(gate, .answer(200)) : .answer(200)
    }
    // On a busy machine the slow load has to be there still when all others have been answered.
    let proxy = try await ProxyProcess.start(
      ["--drain-timeout-seconds", "120", "--forward-timeout-seconds", "120"], upstream: upstream.url)
    let port = proxy.port
    async let slow = proxy.post(TestLoad(["slow"]), within: .seconds(120))
    try await upstream.observed.wait(for: "the slow load") { $0.requests.contains { $0.tenant == "slow" } }

    let sent = try await withThrowingTaskGroup(of: Sent.self) { group in
      for sender in 0..<Self.senders { group.addTask { try await self.send(from: sender, to: port) } }
      try await upstream.requests(count: 100, within: .seconds(60))
      proxy.process.signal(signal)
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for refusal in sent.map(\.refusal) {
      #expect(refusal?.status == 503)
      #expect(refusal?.fields["Retry-After"] == "1")
    }

    // The slow load is still in flight: the door is open, for saying no.
    let ready = try await proxy.get("/-/ready")
    #expect(ready.status == 503)
    #expect(ready.text == "draining: shutting down\n")
    #expect(try await proxy.get("/-/healthy").status == 200)
    let late = try await proxy.post(TestLoad([""]))
    #expect(late.status == 503)
    #expect(late.fields["Retry-After"] == "1")
    #expect(try await proxy.metric("open_metrics_proxy_loads_in_flight") == 1)

    gate.open()
    #expect(try await slow.status == 200)
    #expect(try await proxy.process.waitForExit(within: .seconds(30)) == .code(0))
    expectArrival(of: sent.flatMap(\.accepted), at: upstream)
  }

  /// Every load that was answered with success is there, once, with all its bytes.
  private func expectArrival(of accepted: [[UInt8]], at upstream: ScriptedUpstream) {
    var arrived: [[UInt8]: Int] = [:]
    for request in upstream.requests where request.tenant == "0" { arrived[request.body, default: 0] += 1 }
    #expect(accepted.count >= 90)
    #expect(accepted.allSatisfy { arrived[$0] == 1 })
    #expect(arrived.count - accepted.count <= Self.senders + 1)
  }

  @Test func anUpstreamThatNeverAnswersDoesNotHoldTheEndUp() async throws {
    let gate = Gate()
    let upstream = try await ScriptedUpstream.start { _ in .after(gate, .answer(200)) }
    let proxy = try await ProxyProcess.start(
      ["--drain-timeout-seconds", "1", "--forward-timeout-seconds", "120"], upstream: upstream.url)
    let probe = try await HTTPProbe.connect(to: proxy.port)
    try await probe.send("POST", "/", fields: TestLoad.fields, body: TestLoad(["acme"]).body())
    try await upstream.requests(count: 2)
    #expect(try await proxy.process.terminate(within: .seconds(30)) == .code(0))
    try await proxy.process.errorLine(matching: "warning.*drain timeout: 1 loads are given up")

    let rest = try await probe.waitForClose()
    if !rest.isEmpty { #expect(String(decoding: rest, as: UTF8.self).hasPrefix("HTTP/1.1 503 ")) }
    gate.open()
  }

  /// The line that says where it listens is what others wait for before they do anything, ending it too.
  @Test(arguments: [SIGTERM, SIGINT])
  func aSignalRightAfterTheStartEndsItInGoodOrder(_ signal: CInt) async throws {
    for _ in 0..<10 {
      let proxy = try await ProxyProcess.start()
      proxy.process.signal(signal)
      #expect(try await proxy.process.waitForExit(within: .seconds(30)) == .code(0))
    }
  }

  /// A minute is what a body may take.
  @Test func theSandboxDoesNotWaitForARequestThatDoesNotEnd() async throws {
    let proxy = try await ProxyProcess.start(["--sandbox", "--sandbox-port", "0", "--drain-timeout-seconds", "600"])
    let probe = try await HTTPProbe.connect(to: proxy.process.port(of: "sandbox"))
    try await probe.send("POST /api/v1/push HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc")
    #expect(try await proxy.process.terminate(within: .seconds(40)) == .code(0))
  }

  @Test func anIdleProgramEndsAtOnceWithItsIdleConnections() async throws {
    let proxy = try await ProxyProcess.start(["--sandbox", "--sandbox-port", "0", "--drain-timeout-seconds", "600"])
    let sandboxPort = try await proxy.process.port(of: "sandbox")
    let used = try await HTTPProbe.connect(to: proxy.port)
    try await used.send("GET", "/")
    #expect(try await used.reply().status == 200)
    let fresh = try await HTTPProbe.connect(to: sandboxPort)
    #expect(try await proxy.process.terminate(within: .seconds(30)) == .code(0))
    #expect(try await used.waitForClose().isEmpty)
    #expect(try await fresh.waitForClose().isEmpty)
  }
}
