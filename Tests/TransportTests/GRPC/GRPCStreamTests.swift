import Model
import NIOCore
import NIOEmbedded
import Testing

@testable import Transport

/// That what a call wants done is done.
@Suite struct GRPCStreamTests {
  private let loop = EmbeddedEventLoop()
  private let sink = RecordingSink()
  private let handler = ScriptedHandler()
  private let readiness = ScriptedReadiness()

  private func stream(_ method: GRPCMethod, _ fields: [(String, String)] = []) -> GRPCStream {
    let stream = GRPCStream(
      id: RequestID(3), head: CallTranscript.head(method.rawValue, fields), handler: handler, readiness: readiness,
      configuration: GRPCConfiguration(), loop: loop, sink: sink)
    handler.stream = stream
    stream.start()
    return stream
  }

  private func send(_ message: [UInt8], to stream: GRPCStream) {
    let frame = CallTranscript.frame(message)
    stream.received(frame.span.bytes)
  }

  @Test func aPushReachesTheHandlerAndIsAnswered() {
    let stream = stream(.push)
    send([10, 0], to: stream)
    stream.ended()
    #expect(handler.events == ["began 3", "body 2", "ended [10, 0]"])
    #expect(sink.statuses == [])
    stream.respond(Answer(status: 200))
    #expect(sink.statuses == ["3: 0"])
    #expect(stream.isDone)
  }

  /// The answer comes during the call that asks.
  @Test func aPushMayBeRefusedAtOnce() {
    handler.answer = .text(503, "later")
    let stream = stream(.push)
    send([10, 0], to: stream)
    stream.ended()
    #expect(handler.events == ["began 3"])
    #expect(sink.statuses == ["3: 14"])
  }

  @Test func aRequestInACallIsBegunAnew() {
    let stream = stream(.handle)
    let message: [UInt8] = [0x0A, 4] + Array("POST".utf8) + [0x12, 1] + Array("/".utf8) + [0x22, 3, 7, 8, 9]
    send(message, to: stream)
    stream.ended()
    #expect(
      handler.events == [
        "began 3", "body \(message.count)", "aborted", "began 3", "body \(message.count)", "ended [7, 8, 9]",
      ])
    stream.respond(Answer(status: 200))
    #expect(sink.statuses == ["3: 0"])
  }

  /// Who has begun to take a request answers it; else there is nobody but the transport.
  @Test func aRequestThatDoesNotComeInTimeIsAnswered() {
    let begun = stream(.push)
    let beginning = Array(CallTranscript.frame([10, 0]).dropLast())
    begun.received(beginning.span.bytes)
    begun.timedOut()
    #expect(handler.events == ["began 3", "body 1", "timed out"])
    let silent = stream(.push)
    silent.timedOut()
    #expect(sink.statuses == ["3: 14"])
  }

  @Test func theDeadlineIsKept() {
    let stream = stream(.push, [("grpc-timeout", "2S")])
    send([10, 0], to: stream)
    stream.ended()
    loop.advanceTime(by: .milliseconds(1999))
    #expect(sink.statuses == [])
    loop.advanceTime(by: .milliseconds(1))
    #expect(sink.statuses == ["3: 4"])
    #expect(handler.events.last == "aborted")
  }

  @Test func theDeadlineOfAnAnsweredCallIsForgotten() {
    let stream = stream(.push, [("grpc-timeout", "2S")])
    send([10, 0], to: stream)
    stream.ended()
    stream.respond(Answer(status: 200))
    loop.advanceTime(by: .seconds(3))
    #expect(sink.statuses == ["3: 0"])
    #expect(handler.events.last == "ended [10, 0]")
  }

  @Test func aCancelledCallIsAborted() {
    let stream = stream(.push)
    send([10, 0], to: stream)
    stream.cancelled()
    stream.respond(Answer(status: 200))
    #expect(handler.events.last == "aborted")
    #expect(sink.statuses == [])
  }

  @Test func theTransportMayGiveUp() {
    let stream = stream(.push)
    stream.giveUp(.text(408, "too slow"))
    #expect(handler.events == [])
    #expect(sink.statuses == ["3: 4"])
  }

  @Test func healthIsChecked() {
    let stream = stream(.checkHealth)
    send([], to: stream)
    stream.ended()
    #expect(sink.data == [[0, 0, 0, 0, 2, 8, 1]])
    #expect(sink.statuses == ["3: 0"])
  }

  /// The process changes on any thread; the call hears of it on its own.
  @Test func healthIsWatchedUntilTheCallEnds() {
    let stream = stream(.watchHealth)
    #expect(stream.isOpenEnded)
    send([], to: stream)
    stream.ended()
    readiness.set(false)
    #expect(sink.data.count == 1)
    loop.run()
    #expect(sink.data == [[0, 0, 0, 0, 2, 8, 1], [0, 0, 0, 0, 2, 8, 2]])
    readiness.set(true)
    readiness.set(false)
    loop.run()
    #expect(sink.data.count == 2)
    #expect(readiness.observers == 1)
    readiness.set(true)
    stream.shutDown()
    #expect(readiness.observers == 0)
    loop.run()
    #expect(sink.data.count == 2)
    #expect(sink.statuses == ["3: 14"])
  }
}
