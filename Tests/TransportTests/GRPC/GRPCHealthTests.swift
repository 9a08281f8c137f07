import Testing

@testable import Transport

@Suite struct GRPCHealthTests {
  private static let serving = "data [0, 0, 0, 0, 2, 8, 1]"
  private static let notServing = "data [0, 0, 0, 0, 2, 8, 2]"
  private static let unknown = "data [0, 0, 0, 0, 2, 8, 3]"

  private func begin(_ method: GRPCMethod, _ service: String) -> CallTranscript {
    let call = CallTranscript(method)
    #expect(call.start() == [])
    let name = Array(service.utf8)
    #expect(call.received(message: name.isEmpty ? [] : [0x0A, UInt8(name.count)] + name) == [])
    return call
  }

  @Test(arguments: ["", "distributor.Distributor", "httpgrpc.HTTP"], [true, false])
  func aCheckTellsWhetherTheProcessIsReady(service: String, isReady: Bool) {
    let call = begin(.checkHealth, service)
    #expect(call.ended() == ["check readiness"])
    #expect(call.readiness(isReady) == [Replies.headers, isReady ? Self.serving : Self.notServing, Replies.ok])
    #expect(call.isDone)
  }

  @Test(arguments: ["nothing", "grpc.health.v1.Health", "distributor"])
  func aCheckOfAnotherServiceFindsNothing(service: String) {
    let call = begin(.checkHealth, service)
    #expect(call.ended() == [Replies.failure(5, "unknown service \(service)")])
  }

  @Test func aWatchTellsOfChanges() {
    let call = begin(.watchHealth, "")
    #expect(call.ended() == ["watch readiness"])
    #expect(call.readiness(false) == [Replies.headers, Self.notServing])
    #expect(call.readiness(false) == [])
    #expect(call.readiness(true) == [Self.serving])
    #expect(call.readiness(true) == [])
    #expect(call.readiness(false) == [Self.notServing])
    #expect(call.cancelled() == [])
    #expect(call.readiness(true) == [])
  }

  @Test func aWatchEndsWithTheConnection() {
    let call = begin(.watchHealth, "httpgrpc.HTTP")
    _ = call.ended() + call.readiness(true)
    #expect(call.shuttingDown() == ["trailers {grpc-status: 14, grpc-message: shutting down}"])
    #expect(call.isDone)
  }

  @Test func aWatchEndsAtItsDeadline() {
    let call = begin(.watchHealth, "")
    _ = call.ended() + call.readiness(true)
    #expect(call.deadlineReached() == ["trailers {grpc-status: 4, grpc-message: deadline exceeded}"])
  }

  /// The service may come to be known later, says gRPC, so the watch stays.
  @Test func aWatchOfAnotherServiceStays() {
    let call = begin(.watchHealth, "nothing")
    #expect(call.ended() == [Replies.headers, Self.unknown])
    #expect(!call.isDone)
    #expect(call.cancelled() == [])
  }

  @Test func aMalformedRequestIsRefused() {
    let call = CallTranscript(.checkHealth)
    _ = call.start() + call.received(message: [0x0A, 0x05])
    #expect(call.ended() == [Replies.failure(13, "the message is malformed")])
  }
}
