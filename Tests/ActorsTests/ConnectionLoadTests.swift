import Model
import TestSupport
import Testing

@testable import Actors

/// Loads on a connection, from their heads to their answers.
@Suite struct ConnectionLoadTests {
  @Test(arguments: ["/", "/api/v1/push", "/metrics", "/-/ready", "/-/healthy?x"])
  func aLoadMayBePostedAnywhere(target: String) async throws {
    let stage = ConnectionStage()
    #expect(await stage.begin(1, RequestHead(method: "POST", target: target, contentLength: 3)) == .collect)
    stage.time.advance(by: .milliseconds(300))
    #expect(await stage.receive(count: 2) == .collect)
    #expect(await stage.receive(count: 1) == .collect)
    #expect(stage.budget.inUse == 3)
    await stage.end(body: [1, 2, 3])
    let load = try #require(await stage.nextLoad())
    #expect(load.body.array == [1, 2, 3])
    #expect(load.reservation.bytes == 3)
    #expect(load.received == stage.time.now)
    #expect(stage.statuses.isEmpty)
    stage.time.advance(by: .milliseconds(200))
    await load.origin.loadFinished(load.id, .success)
    #expect(stage.statuses == [200])
    #expect(stage.connection.answers[0].answer.body.isEmpty)
    #expect(stage.connection.answers[0].answer.fields.fields.isEmpty)
    #expect(stage.metrics.processingMilliseconds.value.sum == 500)
    #expect(stage.metrics.receivedBytes.value == 3)
  }

  @Test(
    arguments: [
      (.success, nil, ""),
      (LoadAnswer(status: 400, message: "protobuf: x at byte 3"), nil, "protobuf: x at byte 3\n"),
      (LoadAnswer(status: 429, message: "tenant=a status=429"), nil, "tenant=a status=429\n"),
      (LoadAnswer(status: 429, retryAfter: 3, message: "tenant=a status=429"), "3", "tenant=a status=429\n"),
      (LoadAnswer(status: 503, retryAfter: 30, message: "a\nb"), "30", "a\nb\n"),
      (.unavailable("no room"), "1", "no room\n"),
    ] as [(LoadAnswer, String?, String)])
  func anAnswerIsPassedOn(answer: LoadAnswer, retryAfter: String?, text: String) async throws {
    let stage = ConnectionStage()
    await stage.sendLoad()
    let load = try #require(await stage.nextLoad())
    await load.origin.loadFinished(load.id, answer)
    #expect(stage.statuses == [answer.status])
    #expect(stage.text == text)
    #expect(stage.connection.answers[0].answer.fields["Retry-After"] == retryAfter)
    #expect(stage.metrics.loads.with("\(answer.status)").value == 1)
    #expect(stage.metrics.failures.value == (answer.status == 200 ? 0 : 1))
  }

  @Test(arguments: BodyEncoding.allCases)
  func aLoadKeepsItsEncoding(encoding: BodyEncoding) async throws {
    let stage = ConnectionStage()
    var head = RequestHead(method: "POST", target: "/", contentLength: 3)
    head.bodyEncoding = encoding
    _ = await stage.begin(1, head)
    _ = await stage.receive(count: 3)
    await stage.end(body: [1, 2, 3])
    #expect(try #require(await stage.nextLoad()).encoding == encoding)
  }

  @Test func loadsAreAnsweredInAnyOrder() async throws {
    let stage = ConnectionStage()
    for id in 1...3 { _ = await stage.beginLoad(id) }
    for id in [3, 1, 2] { _ = await stage.receive(id, count: 10 * id) }
    for id in [2, 3, 1] { await stage.end(id, body: Array(repeating: 0, count: 10 * id)) }
    var loads: [Load] = []
    for _ in 1...3 { loads.append(try #require(await stage.nextLoad())) }
    #expect(loads.map(\.body.count) == [20, 30, 10])
    for load in loads.reversed() { await load.origin.loadFinished(load.id, .success) }
    #expect(stage.connection.answers.map(\.id.number) == [1, 3, 2])
  }

  @Test(
    arguments: [
      ("0", "0"), ("7", "7"), ("4294967295", "4294967295"), ("4294967296", nil), ("", nil), ("-1", nil), ("+1", nil),
      (" 1", nil), ("1 ", nil), ("1.0", nil), ("0x1", nil), ("one", nil), ("١", nil), ("1\r\nX-Scope-OrgID: a", nil),
    ] as [(String, String?)])
  func onlyANumberOfTriesGoesOn(attempt: String, expected: String?) async throws {
    let stage = ConnectionStage()
    await stage.sendLoad(fields: ["retry-attempt": attempt])
    #expect(try #require(await stage.nextLoad()).retryAttempt == expected)
  }

  // MARK: Loads that are not taken

  @Test(
    arguments: [
      ["Content-Type": "application/json"],
      ["Content-Encoding": "zstd"],
      ["Content-Type": "application/x-protobuf;proto=io.prometheus.write.v2.Request"],
    ] as [HeaderFields])
  func whatIsNotRemoteWriteIsRefused(fields: HeaderFields) async {
    let stage = ConnectionStage()
    #expect(await stage.beginLoad(length: 5000, fields: fields) == .discard)
    await stage.end()
    #expect(stage.statuses == [415])
    #expect(stage.metrics.failures.value == 1)
    #expect(stage.metrics.loads.with("415").value == 1)
  }

  @Test(arguments: [(0, true), (999, true), (1000, true), (1001, false), (Int.max, false)])
  func aLengthIsCheckedBeforeTheBody(length: Int, isTaken: Bool) async {
    let stage = ConnectionStage(contentLengthLimit: 1000)
    #expect(await stage.beginLoad(length: length) == (isTaken ? .collect : .discard))
    #expect(stage.statuses == (isTaken ? [] : [413]))
  }

  @Test func aBodyInChunksIsCheckedAsItGrows() async {
    let stage = ConnectionStage(contentLengthLimit: 1000)
    #expect(await stage.beginLoad() == .collect)
    #expect(await stage.receive(count: 999) == .collect)
    #expect(await stage.receive(count: 1) == .collect)
    #expect(stage.budget.inUse == 1000)
    #expect(await stage.receive(count: 1) == .discard)
    #expect(stage.statuses == [413])
    #expect(stage.text == "request body is larger than the limit of 1000 bytes\n")
    #expect(stage.budget.inUse == 0)
    #expect(await stage.receive(count: 1) == .discard)
    await stage.end()
    #expect(stage.statuses == [413])
    #expect(stage.loads.count == 0)
  }

  /// A transport that limits the length itself knows better than the length after decompression what it may be.
  @Test func aLengthThatTheTransportLimitsIsItsAffair() async {
    let stage = ConnectionStage(contentLengthLimit: 1000)
    var head = RequestHead(method: "POST", target: "/", contentLength: 1001)
    head.isLimitedByTransport = true
    #expect(await stage.begin(1, head) == .collect)
    #expect(await stage.receive(count: 5000) == .collect)
    #expect(await stage.receive(count: 5001) == .discard)
    #expect(stage.statuses == [400])
  }

  /// To come again would not help.
  @Test(arguments: [101, nil])
  func aLoadThatNeverHasRoomIsRefusedForGood(length: Int?) async {
    let stage = ConnectionStage(budgetLimit: 100)
    #expect(await stage.beginLoad(1) == .collect)
    #expect(await stage.receive(1, count: 50) == .collect)
    #expect(await stage.beginLoad(2, length: length) == (length == nil ? .collect : .discard))
    if length == nil { #expect(await stage.receive(2, count: 101) == .discard) }
    #expect(stage.statuses == [400])
    #expect(stage.text == "the load needs more than all bytes that may be in flight\n")
    #expect(stage.budget.inUse == 50)
  }

  @Test func aBodyThatDoesNotComeInTimeMayComeAgain() async {
    let stage = ConnectionStage()
    #expect(await stage.beginLoad() == .collect)
    #expect(await stage.receive(count: 500) == .collect)
    await stage.timeOut()
    #expect(stage.statuses == [503])
    #expect(stage.connection.answers[0].answer.fields["Retry-After"] == "1")
    #expect(stage.budget.inUse == 0)
    #expect(stage.metrics.loads.with("503").value == 1 && stage.metrics.failures.value == 1)
    _ = await stage.begin(2, RequestHead(method: "GET", target: "/metrics", contentLength: 5))
    await stage.timeOut(2)
    #expect(stage.statuses == [503, 408])
  }

  @Test func everyChunkNeedsRoom() async {
    let stage = ConnectionStage(budgetLimit: 100)
    #expect(await stage.beginLoad(1) == .collect)
    #expect(await stage.beginLoad(2) == .collect)
    #expect(await stage.receive(1, count: 60) == .collect)
    #expect(await stage.receive(2, count: 41) == .discard)
    #expect(stage.connection.answers.map(\.id.number) == [2])
    #expect(stage.statuses == [503])
    #expect(stage.connection.answers[0].answer.fields["Retry-After"] == "1")
    await stage.end(2)
    #expect(await stage.receive(1, count: 40) == .collect)
    #expect(stage.budget.inUse == 100)
    #expect(await stage.beginLoad(3) == .discard)
    #expect(stage.statuses == [503, 503])
    #expect(stage.metrics.loads.with("503").value == 2)
  }

  @Test func aFullMailboxIsToldToComeAgain() async throws {
    let stage = ConnectionStage(loadCapacity: 1)
    await stage.sendLoad(1, count: 100)
    await stage.sendLoad(2, count: 50)
    #expect(stage.connection.answers.map(\.id.number) == [2])
    #expect(stage.statuses == [503])
    #expect(stage.connection.answers[0].answer.fields["Retry-After"] == "1")
    #expect(stage.budget.inUse == 100)
    #expect(stage.metrics.loads.with("503").value == 1)
  }

  @Test func noLoadBeginsWhileDraining() async throws {
    let stage = ConnectionStage()
    _ = await stage.beginLoad(1)
    stage.readiness.block(.draining, "shutting down")
    #expect(await stage.beginLoad(2) == .discard)
    await stage.end(2)
    #expect(stage.statuses == [503])
    #expect(stage.text == "shutting down\n")
    #expect(stage.connection.answers[0].answer.fields["Retry-After"] == "1")
    // What has begun is finished.
    #expect(await stage.receive(1, count: 10) == .collect)
    await stage.end(1, body: Array(repeating: 0, count: 10))
    #expect(await stage.nextLoad()?.body.count == 10)
  }
}
