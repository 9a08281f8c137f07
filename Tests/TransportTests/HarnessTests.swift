import Foundation
import Glibc
import Model
import TestSupport
import Testing

/// The tests' own tools, which the end-to-end tests rest on.
@Suite(.timeLimit(.minutes(5)))
struct HarnessTests {
  private let shell = URL(filePath: "/bin/sh")

  private func run(_ script: String) throws -> ChildProcess {
    try ChildProcess(shell, ["-c", script], environment: ["GREETING": "hello"])
  }

  /// Whether a process with this id is running. A zombie is not.
  private func isRunning(_ id: pid_t) -> Bool {
    // The state follows the program's name, which stands in parentheses.
    let stat = (try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)) ?? ""
    return stat.firstRange(of: ") ").map { stat[$0.upperBound...].first != "Z" } ?? false
  }

  @Test func aProcessesLinesAreSeenAsTheyCome() async throws {
    let process = try run(
      "echo out; echo $GREETING >&2; echo 'proxy listening on http://127.0.0.1:4711' >&2; exec sleep 60")
    #expect(try await process.errorLine(matching: "^h.*o$") == "hello")
    #expect(try await process.port(of: "proxy") == 4711)
    #expect(isRunning(process.id))
    #expect(try await process.terminate() == .signal(SIGTERM))
    #expect(process.outputLines == ["out"])
  }

  @Test func aProcessesEndTellsItsCodeAndTheLastLineWithoutANewline() async throws {
    // A child of the process, which is still there when it ends, keeps nobody waiting.
    let process = try run("sleep 2 & printf 'one\\ntwo' >&2; exit 3")
    #expect(try await process.waitForExit() == .code(3))
    #expect(process.errorLines == ["one", "two"])
    process.signal(SIGKILL)
    await #expect(throws: DeadlineExceeded.self) { try await process.errorLine(matching: "three") }
  }

  @Test func aLineThatDoesNotComeIsReportedInTime() async throws {
    let process = try run("exec sleep 60")
    await #expect(throws: DeadlineExceeded.self) {
      try await process.errorLine(matching: "anything", within: .milliseconds(50))
    }
    await #expect(throws: DeadlineExceeded.self) { try await process.waitForExit(within: .milliseconds(50)) }
  }

  @Test func aProcessEndsWithTheLastReferenceToIt() async throws {
    var process: ChildProcess? = try run("trap '' TERM; echo ready >&2; while :; do sleep 1; done")
    try await process?.errorLine(matching: "ready")
    let id = try #require(process?.id)
    #expect(isRunning(id))
    let witness = try run("exec tail --pid=\(id) -f /dev/null")
    process = nil
    #expect(try await witness.waitForExit() == .code(0))
    #expect(!isRunning(id))
  }

  @Test func aProcessInheritsNoneOfTheTestsConnections() async throws {
    let upstream = try await ScriptedUpstream.start()
    let probe = try await HTTPProbe.connect(to: upstream.port)
    let process = try run("ls -l /proc/self/fd")
    #expect(try await process.waitForExit() == .code(0))
    #expect(process.outputLines.filter { $0.contains("socket:") } == [])
    try await probe.close()
  }

  @Test func aProgramThatIsNotThereCannotBeStarted() {
    #expect(throws: (any Error).self) { try ChildProcess(URL(filePath: "/no/such/program")) }
    #expect(throws: (any Error).self) { try BuiltProduct.url("no-such-product") }
  }

  @Test func theProductIsFound() throws {
    #expect(try BuiltProduct.url("openmmt").lastPathComponent == "openmmt")
  }

  @Test func aFreePortRefusesConnections() async throws {
    let port = try FreePort.find()
    #expect(1024...65535 ~= port)
    await #expect(throws: (any Error).self) { try await HTTPProbe.connect(to: port) }
  }

  @Test func theUpstreamRecordsRequestsAndFollowsItsScript() async throws {
    let upstream = try await ScriptedUpstream.start { request in
      request.attempt == 0
        ? .answer(503, fields: ["Retry-After": "1"], body: "come again\n") : .answer(200)
    }
    let fields: HeaderFields = ["X-Scope-OrgID": "acme", "Retry-Attempt": "7"]
    let body = (0...255).map { UInt8($0) }
    let first = try await HTTPProbe.request("POST", "/api/v1/push", port: upstream.port, fields: fields, body: body)
    #expect(first.status == 503)
    #expect(first.fields["retry-after"] == "1")
    #expect(first.text == "come again\n")
    let second = try await HTTPProbe.request("POST", "/api/v1/push", port: upstream.port, fields: fields, body: body)
    #expect(second.status == 200)
    #expect(second.body.isEmpty)

    let requests = try await upstream.requests(count: 2)
    #expect(requests.map(\.tenant) == ["acme", "acme"])
    #expect(requests.map(\.attempt) == [0, 1])
    #expect(requests.map(\.connection) == [1, 2])
    #expect(requests[0].target == "/api/v1/push")
    #expect(requests[0].fields["Retry-Attempt"] == "7")
    #expect(requests[0].body == body)
  }

  @Test func theUpstreamHoldsAnswersBackUntilTheGateOpens() async throws {
    let gate = Gate()
    let upstream = try await ScriptedUpstream.start { _ in .after(gate, .answer(204)) }
    let probes = [
      try await HTTPProbe.connect(to: upstream.port), try await HTTPProbe.connect(to: upstream.port),
    ]
    for probe in probes { try await probe.send("POST", "/") }
    try await upstream.requests(count: 2)
    #expect(upstream.observed.value.requestsInFlight == 2)
    #expect(probes.allSatisfy { $0.unreadBytes.isEmpty })
    gate.open()
    for probe in probes { #expect(try await probe.reply().status == 204) }
    #expect(upstream.observed.value.mostRequestsInFlight == 2)
    try await upstream.observed.wait(for: "no request in flight") { $0.requestsInFlight == 0 }
  }

  @Test func theUpstreamSeesThatOneWhoAskedHasGone() async throws {
    let gate = Gate()
    let upstream = try await ScriptedUpstream.start { _ in .after(gate, .answer(200)) }
    let probe = try await HTTPProbe.connect(to: upstream.port)
    try await probe.send("POST", "/")
    try await upstream.requests(count: 1)
    try await probe.close()
    try await upstream.observed.wait(for: "the connection to go") {
      $0.openConnections == 0 && $0.requestsInFlight == 0
    }
    gate.open()
  }

  @Test func theUpstreamClosesWithoutAnAnswerAndStops() async throws {
    let upstream = try await ScriptedUpstream.start { _ in .close }
    let probe = try await HTTPProbe.connect(to: upstream.port)
    try await probe.send("POST", "/", body: [1, 2, 3])
    #expect(try await probe.waitForClose().isEmpty)
    await #expect(throws: MalformedReply.self) { try await probe.reply() }

    let idle = try await HTTPProbe.connect(to: upstream.port)
    try await upstream.stop()
    try await idle.waitForClose()
    // For an instant, a process that is being started may hold a copy of the listener: a connection can
    // then be made, but nobody answers.
    await #expect(throws: (any Error).self) { try await HTTPProbe.request(port: upstream.port) }
  }

  @Test func theProbePipelinesAndSendsBytesAsTheyAre() async throws {
    let upstream = try await ScriptedUpstream.start { .answer(200, body: $0.target) }
    let probe = try await HTTPProbe.connect(to: upstream.port)
    try await probe.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nHEAD /2 HTTP/1.1\r\nHo")
    #expect(try await probe.reply().text == "/1")
    try await probe.send("st: a\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    #expect(try await probe.reply(to: "HEAD").fields["content-length"] == "2")
    #expect(try await probe.reply().text == "/3")
    #expect(try await probe.waitForClose().isEmpty)
    #expect(upstream.requests.map(\.connection) == [1, 1, 1])
  }

  @Test func theProbeReadsChunksAndBodiesThatEndWithTheConnection() async throws {
    let chunked =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: 1\r\n\r\n"
    let untilClose = "HTTP/1.1 200 OK\r\n\r\nrest"
    let server = try ChildProcess(
      URL(filePath: "/usr/bin/python3"),
      [
        "-c",
        """
        import socket, sys
        listener = socket.create_server(("127.0.0.1", 0))
        print("server listening on http://127.0.0.1:%d" % listener.getsockname()[1], file=sys.stderr, flush=True)
        connection, _ = listener.accept()
        for byte in sys.argv[1].encode(): connection.send(bytes([byte]))
        connection.close()
        """,
        chunked + untilClose,
      ])
    let probe = try await HTTPProbe.connect(to: server.port(of: "server"))
    #expect(try await probe.reply().text == "abc0123456789")
    #expect(try await probe.reply().text == "rest")
  }

  @Test func aCancelledWaitEnds() async {
    let waiting = Task { try await Watched(0).wait(for: "nothing") { $0 == 1 } }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
  }
}
