import Model
import TestSupport
import Testing

@testable import Transport

/// The life of a call, as a transcript of what it wants done.
@Suite struct GRPCCallTests {
  private static let text = Array("open metrics open metrics open metrics open metrics open metrics ".utf8)
  private static let loadFields = "Content-Type: application/x-protobuf"
  private static let path = "/distributor.Distributor/Push"

  private func compressed(_ encoding: GRPCEncoding, _ contents: [UInt8] = text) throws -> [UInt8] {
    var output = ByteBuilder()
    switch encoding {
    case .identity: output.append(contents.span.bytes)
    case .gzip: try Gzip.compress(contents.span.bytes, into: &output, limit: .max)
    case .snappy: try SnappyFramed.compress(contents.span.bytes, into: &output, limit: .max)
    case .snappyBlock: Snappy().compress(contents.span.bytes, into: &output)
    }
    return output.freeze().array
  }

  // MARK: Push

  @Test func aPushGoesToTheHandlerAndIsAnswered() {
    let call = CallTranscript(.push, fields: [("x-scope-orgid", "0"), ("grpc-timeout", "5S"), ("user-agent", "test")])
    #expect(call.timeout == .seconds(5))
    #expect(call.start() == [])
    #expect(
      call.received(message: [10, 0]) == [
        "begin POST \(Self.path) identity 2 {\(Self.loadFields), x-scope-orgid: 0, user-agent: test}", "body +2",
      ])
    #expect(call.ended() == ["end [10, 0]"])
    #expect(call.answered(Answer(status: 200)) == Replies.emptySuccess)
    #expect(call.isDone)
    #expect(call.answered(Answer(status: 200)) == [])
    #expect(call.deadlineReached() == [])
    #expect(call.cancelled() == [])
  }

  @Test func anEmptyPushIsALoadOfNothing() {
    let call = CallTranscript(.push)
    #expect(call.start() == [])
    #expect(call.received(message: []) == ["begin POST \(Self.path) identity 0 {\(Self.loadFields)}"])
    #expect(call.ended() == ["end []"])
  }

  @Test(arguments: [
    (GRPCEncoding.gzip, "identity ?"), (.snappy, "identity ?"), (.snappyBlock, "snappyBlock 21"),
  ])
  func aCompressedPushIsHandedOverAsTheHandlerReadsIt(encoding: GRPCEncoding, head: String) throws {
    let call = CallTranscript(.push, fields: [("grpc-encoding", encoding.rawValue)])
    #expect(call.start() == [])
    let message = try compressed(encoding)
    let body = encoding == .snappyBlock ? message : Self.text
    let lines = call.received(message: message, isCompressed: true)
    let expected = encoding == .snappyBlock ? "snappyBlock \(message.count)" : head
    #expect(lines == ["begin POST \(Self.path) \(expected) {\(Self.loadFields)}", "body +\(body.count)"])
    #expect(call.ended() == ["end \(body)"])
  }

  /// A client that has a compression may still send single messages without it.
  @Test(arguments: GRPCEncoding.allCases)
  func aPlainMessageIsPlainWhateverTheEncoding(encoding: GRPCEncoding) {
    let call = CallTranscript(.push, fields: [("grpc-encoding", encoding.rawValue)])
    #expect(call.start() == [])
    #expect(call.received(message: [10, 0])[0] == "begin POST \(Self.path) identity 2 {\(Self.loadFields)}")
    #expect(call.ended() == ["end [10, 0]"])
  }

  @Test(arguments: [UInt64](0..<100))
  func everySplitHandsOverTheSame(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let encoding = random.pick(GRPCEncoding.allCases)
    let contents = Contents.random(&random, upTo: 70_000)
    let message = try compressed(encoding, contents)
    let call = CallTranscript(.push, fields: [("grpc-encoding", encoding.rawValue)])
    #expect(call.start() == [])
    var lines: [String] = []
    for part in Contents.cut(CallTranscript.frame(message, isCompressed: encoding != .identity), &random) {
      lines += call.received(part)
    }
    let body = encoding == .snappyBlock ? message : contents
    let told = lines.dropFirst().compactMap { Int($0.dropFirst("body +".count)) }
    #expect(told.count == lines.count - 1, "seed \(seed)")
    #expect(told.reduce(0, +) == body.count, "seed \(seed)")
    #expect(call.ended() == ["end \(body)"], "seed \(seed)")
  }

  @Test(arguments: [
    (Answer.text(400, "too\nbad"), Replies.failure(3, "too%0Abad")),
    (.text(413, "large"), Replies.failure(8, "large")),
    (.text(415, "odd"), Replies.failure(12, "odd")),
    (.text(429, "slow", fields: ["Retry-After": "7"]), Replies.failure(8, "slow", ", retry-after: 7")),
    (.text(503, "later", fields: ["Retry-After": "2"]), Replies.failure(14, "later", ", retry-after: 2")),
    (.text(500, "broken"), Replies.failure(13, "broken")),
  ])
  func answersAreTranslated(answer: Answer, reply: String) {
    let call = CallTranscript(.push)
    _ = call.start() + call.received(message: [10, 0]) + call.ended()
    #expect(call.answered(answer) == [reply])
  }

  /// What is still to come of a body that was refused is thrown away.
  @Test func aPushMayBeRefusedAtItsHead() {
    let call = CallTranscript(.push)
    call.decision = .discard
    _ = call.start()
    let frame = CallTranscript.frame([UInt8](repeating: 0, count: 100))
    #expect(call.received(Array(frame[..<50])).count == 1)
    #expect(call.answered(.text(503, "later")) == [Replies.failure(14, "later")])
    #expect(call.received(Array(frame[50...])) == [])
    #expect(call.ended() == [])
  }

  @Test func aDiscardedPushIsStillEnded() {
    let call = CallTranscript(.push)
    _ = call.start()
    let frame = CallTranscript.frame([1, 2, 3, 4])
    #expect(call.received(Array(frame[..<7])).count == 2)
    call.decision = .discard
    #expect(call.received(Array(frame[7...])) == ["body +2"])
    #expect(call.received([9, 9, 9]) == [])
    #expect(call.ended() == ["end []"])
    #expect(call.answered(.text(413, "large")) == [Replies.failure(8, "large")])
  }

  // MARK: Ends

  @Test func aCancelledCallIsAborted() {
    let call = CallTranscript(.push)
    _ = call.start() + call.received(message: [10, 0])
    #expect(call.cancelled() == ["abort"])
    #expect(call.isDone)
    #expect(call.answered(Answer(status: 200)) == [])
    #expect(call.ended() == [])
  }

  @Test func aCallThatTheHandlerHasNotSeenIsNotAborted() {
    let call = CallTranscript(.push)
    _ = call.start() + call.received([0, 0])
    #expect(call.cancelled() == [])
    #expect(call.isDone)
  }

  @Test(arguments: [false, true])
  func theDeadlineEndsACall(isComplete: Bool) {
    let call = CallTranscript(.push)
    _ = call.start() + call.received(message: [10, 0])
    if isComplete { _ = call.ended() }
    #expect(call.deadlineReached() == ["abort", Replies.failure(4, "deadline exceeded")])
    #expect(call.received([1]) == [])
    #expect(call.deadlineReached() == [])
  }

  @Test func theTransportMayGiveACallUp() {
    let call = CallTranscript(.push)
    _ = call.start() + call.received(message: [10, 0])
    #expect(call.givenUp(.text(408, "too slow")) == ["abort", Replies.failure(4, "too slow")])
    #expect(call.givenUp(.text(408, "too slow")) == [])
    let early = CallTranscript(.push)
    _ = early.start()
    #expect(early.givenUp(.text(408, "too slow")) == [Replies.failure(4, "too slow")])
  }

  @Test func aPushSurvivesTheEndOfTheConnection() {
    let call = CallTranscript(.push)
    _ = call.start() + call.received(message: [10, 0]) + call.ended()
    #expect(call.shuttingDown() == [])
    #expect(call.answered(Answer(status: 200)) == Replies.emptySuccess)
  }

  // MARK: Heads

  @Test(arguments: [
    (CallTranscript.head("/x.Y/Z"), Replies.failure(12, "unknown service x.Y")),
    (
      CallTranscript.head(path, [("grpc-encoding", "br")]),
      Replies.failure(12, "grpc-encoding br is not supported; identity,gzip,snappy,snappy-block are")
    ),
    (CallTranscript.head(path, [("grpc-timeout", "soon")]), Replies.failure(13, "malformed grpc-timeout: soon")),
    (
      CallTranscript.head(path, method: "PUT"),
      Replies.failure(13, "the method of HTTP has to be POST, not PUT")
    ),
    (
      RequestHead(method: "POST", target: path, fields: ["content-type": "application/grpc-web"]),
      "only headers 415 {}"
    ),
  ])
  func aHeadMayBeRefused(head: RequestHead, reply: String) {
    let call = CallTranscript(head)
    #expect(call.start() == [reply])
    #expect(call.isDone)
    #expect(call.received(message: [10, 0]) == [])
    #expect(call.ended() == [])
  }

  // MARK: Messages

  @Test(arguments: GRPCMethod.allCases.filter { !$0.takesStream })
  func exactlyOneMessageIsTaken(method: GRPCMethod) {
    let none = CallTranscript(method)
    #expect(none.start() == [])
    #expect(none.ended() == [Replies.failure(12, "the method takes one message, and there is none")])
    let two = CallTranscript(method)
    _ = two.start() + two.received(message: [])
    let lines = two.received(message: [])
    #expect(lines.last == Replies.failure(12, "the method takes one message, and there are more"))
    #expect(lines.first == "abort" || !method.isForwarded)
  }

  @Test func aMessageMayNotEndInTheMiddle() {
    let call = CallTranscript(.push)
    _ = call.start() + call.received([0, 0, 0, 0, 2, 10])
    #expect(call.ended() == ["abort", Replies.failure(13, "the stream ends within a message")])
    let early = CallTranscript(.push)
    _ = early.start() + early.received([0, 0])
    #expect(early.ended() == [Replies.failure(13, "the stream ends within a message")])
  }

  @Test func compressionNeedsAName() {
    let call = CallTranscript(.push)
    _ = call.start()
    let lines = call.received(message: [10, 0], isCompressed: true)
    #expect(lines == [Replies.failure(13, "a message is compressed, and there is no grpc-encoding")])
  }

  @Test(arguments: [GRPCEncoding.gzip, .snappy])
  func aMessageThatCannotBeDecompressedIsRefused(encoding: GRPCEncoding) throws {
    let call = CallTranscript(.push, fields: [("grpc-encoding", encoding.rawValue)])
    _ = call.start()
    let lines = call.received(message: [UInt8](repeating: 1, count: 20), isCompressed: true)
    #expect(lines.dropFirst().first == "abort")
    #expect(lines.last?.contains("grpc-status: 13, grpc-message: could not decompress the message: ") == true)
    let cut = CallTranscript(.push, fields: [("grpc-encoding", encoding.rawValue)])
    _ = try cut.start() + cut.received(message: compressed(encoding).dropLast(), isCompressed: true)
    #expect(cut.ended().first == "abort")
  }

  @Test(arguments: [GRPCEncoding.gzip, .snappy], [0, 1])
  func theDecompressedLimitIsExact(encoding: GRPCEncoding, excess: Int) throws {
    let limit = Self.text.count - excess
    let call = CallTranscript(
      .push, fields: [("grpc-encoding", encoding.rawValue)],
      configuration: GRPCConfiguration(decompressedLimit: limit))
    _ = call.start()
    let lines = call.received(message: try compressed(encoding), isCompressed: true)
    guard excess > 0 else {
      #expect(call.ended() == ["end \(Self.text)"])
      return
    }
    #expect(
      lines.dropFirst() == [
        "abort", Replies.failure(8, "decompressed length is above the limit of \(limit) bytes"),
      ])
  }

  @Test func theMessageLimitIsExact() {
    let configuration = GRPCConfiguration(messageLimit: 10)
    let call = CallTranscript(.push, configuration: configuration)
    _ = call.start()
    #expect(call.received(message: [UInt8](repeating: 0, count: 10)).count == 2)
    let large = CallTranscript(.push, configuration: configuration)
    _ = large.start()
    #expect(
      large.received([0, 0, 0, 0, 11]) == [Replies.failure(8, "message of 11 bytes is larger than the limit of 10")])
  }

  @Test(arguments: [GRPCMethod.checkHealth, .watchHealth, .reflect, .reflectAlpha])
  func smallMethodsTakeSmallMessages(method: GRPCMethod) {
    let call = CallTranscript(method)
    _ = call.start()
    let reply = Replies.failure(8, "message of 65537 bytes is larger than the limit of 65536")
    #expect(call.received([0, 0, 1, 0, 1]) == [reply])
  }

  // MARK: Damage

  /// Whatever comes, a call ends at most once, and says so.
  @Test(arguments: [UInt64](0..<400))
  func nothingIsTooOddToBeAnswered(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let method = random.pick(GRPCMethod.allCases)
    let encoding = random.pick(GRPCEncoding.allCases)
    let call = CallTranscript(method, fields: [("grpc-encoding", encoding.rawValue)])
    call.decision = random.oneIn(4) ? .discard : .collect
    var stream = CallTranscript.frame(try compressed(encoding, [10, 0]), isCompressed: encoding != .identity)
    for _ in 0..<random.below(4) { stream[random.below(stream.count)] = UInt8(random.below(256)) }
    if random.oneIn(3) { stream += Contents.random(&random, upTo: 50) }
    var lines = call.start()
    for part in Contents.cut(stream, &random) { lines += call.received(part) }
    lines += call.ended() + call.readiness(true) + call.answered(Answer(status: 200)) + call.cancelled()
    let ends = lines.count { $0.hasPrefix("only headers") || $0.hasPrefix("trailers") }
    #expect(call.isDone, "seed \(seed)")
    #expect(ends <= 1, "seed \(seed): \(lines)")
    #expect(lines.count { $0 == "abort" } <= 1, "seed \(seed): \(lines)")
  }
}
