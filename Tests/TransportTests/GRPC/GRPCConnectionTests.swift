import Model
import TestSupport
import Testing

@testable import Transport

/// Calls on connections whose peers do not do their part.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct GRPCConnectionTests {
  private let readiness = ScriptedReadiness()

  private func start(_ configure: (inout ServerLimits) -> Void = { _ in }) async throws -> TestServer {
    try await TestServer.start(
      grpc: GRPCServing(configuration: GRPCConfiguration(), readiness: readiness), configure)
  }

  private func call(_ method: GRPCMethod, ends: Bool) -> HTTP2Frame {
    let fields = [("content-type", "application/grpc"), ("te", "trailers")]
    return .request(1, "POST", method.rawValue, fields: fields, ends: ends)
  }

  @Test func aCallEndsWithItsConnection() async throws {
    let server = try await start()
    let probe = try await server.connectHTTP2()
    try await probe.send(call(.watchHealth, ends: false), .data(1, CallTranscript.frame([]), ends: true))
    try await readiness.observing.wait(for: "somebody who watches") { $0 == 1 }
    try await probe.close()
    try await readiness.observing.wait(for: "nobody who watches") { $0 == 0 }
  }

  @Test func whoAsksAndDoesNotReadTheAnswersIsCutOff() async throws {
    let server = try await start { $0.writeTimeout = .milliseconds(200) }
    let probe = try await server.connectHTTP2(settings: [(id: 1, value: 0), (id: 4, value: 0)])
    try await probe.send(call(.reflect, ends: false))
    // Each asks for all that is known of a service, which is some kilobytes.
    let question = WireField(4, .bytes(Array("distributor.Distributor".utf8))).bytes
    let questions = (0..<300).flatMap { _ in CallTranscript.frame(question) }
    try await probe.send(.data(1, questions))
    let cancelled = 8
    #expect(try await probe.resetCode(1) == cancelled)
  }
}
