import Model
import TestSupport
import Testing

@testable import Transport

/// Requests of HTTP in calls of gRPC.
@Suite struct HTTPGRPCTests {
  private static let begin = "begin POST /httpgrpc.HTTP/Handle identity"

  private func request(
    method: String = "POST", url: String = "/api/v1/push?x=1", headers: [(String, [String])] = [], body: [UInt8] = []
  ) -> [UInt8] {
    var fields = [
      WireField(1, .bytes(Array(method.utf8))), WireField(2, .bytes(Array(url.utf8))), WireField(4, .bytes(body)),
    ]
    for (key, values) in headers {
      let header = [WireField(1, .bytes(Array(key.utf8)))] + values.map { WireField(2, .bytes(Array($0.utf8))) }
      fields.append(WireField(3, .message(header)))
    }
    return fields.flatMap(\.bytes)
  }

  /// The reply to a request that is answered so.
  private func reply(to answer: Answer) -> [String] {
    let call = CallTranscript(.handle)
    _ = call.start() + call.received(message: request()) + call.ended()
    return call.answered(answer)
  }

  @Test func theInnerRequestTakesTheOutersPlace() {
    let call = CallTranscript(.handle, fields: [("x-scope-orgid", "0")])
    #expect(call.start() == [])
    let message = request(
      headers: [("Content-Type", ["application/x-protobuf"]), ("Accept", ["a", "b"]), ("Retry-Attempt", ["2"])],
      body: [1, 2, 3])
    #expect(
      call.received(message: message) == [
        "\(Self.begin) \(message.count) {Content-Type: application/x-protobuf, x-scope-orgid: 0}",
        "body +\(message.count)",
      ])
    let fields = "Content-Type: application/x-protobuf, Accept: a, Accept: b, Retry-Attempt: 2"
    #expect(call.ended() == ["restart POST /api/v1/push?x=1 snappyBlock 3 {\(fields)} [1, 2, 3] of \(message.count)"])
  }

  /// Who calls is told by the call, not by what is in it.
  @Test func credentialsAreThoseOfTheCall() {
    let call = CallTranscript(.handle, fields: [("authorization", "Bearer outer")])
    let message = request(headers: [("AUTHORIZATION", ["Bearer inner"]), ("x", ["y"])])
    _ = call.start() + call.received(message: message)
    let fields = "x: y, Authorization: Bearer outer"
    #expect(call.ended() == ["restart POST /api/v1/push?x=1 snappyBlock 0 {\(fields)} [] of \(message.count)"])
  }

  @Test(arguments: GRPCEncoding.allCases)
  func theMessageMayBeCompressed(encoding: GRPCEncoding) throws {
    let message = request(body: [UInt8](repeating: 7, count: 100))
    var output = ByteBuilder()
    switch encoding {
    case .identity: output.append(message.span.bytes)
    case .gzip: try Gzip.compress(message.span.bytes, into: &output, limit: .max)
    case .snappy: try SnappyFramed.compress(message.span.bytes, into: &output, limit: .max)
    case .snappyBlock: Snappy().compress(message.span.bytes, into: &output)
    }
    let call = CallTranscript(.handle, fields: [("grpc-encoding", encoding.rawValue)])
    let arrived = call.start() + call.received(message: output.freeze().array, isCompressed: encoding != .identity)
    // What a block will be is asked for before it is that.
    if encoding == .snappyBlock { #expect(arrived.last == "body +\(message.count)") }
    let body = [UInt8](repeating: 7, count: 100)
    #expect(call.ended() == ["restart POST /api/v1/push?x=1 snappyBlock 100 {} \(body) of \(message.count)"])
  }

  @Test(arguments: [[0x0A], [0x0A, 0x02, 0x41], [0x0F], [0x00, 0x00], [0x1A, 0x02, 0x0A, 0x05]] as [[UInt8]])
  func aMalformedMessageIsRefused(message: [UInt8]) {
    let call = CallTranscript(.handle)
    _ = call.start() + call.received(message: message)
    #expect(call.ended() == ["abort", Replies.failure(13, "the message is malformed")])
  }

  @Test func aBlockThatIsTooLongIsRefused() {
    let call = CallTranscript(
      .handle, fields: [("grpc-encoding", "snappy-block")], configuration: GRPCConfiguration(decompressedLimit: 9))
    let message = LiteralSnappy.compress(Array(0..<10))
    #expect(
      call.start() + call.received(message: message, isCompressed: true) == [
        "begin POST /httpgrpc.HTTP/Handle snappyBlock \(message.count) {Content-Type: application/x-protobuf}",
        "body +\(message.count)", "abort",
        Replies.failure(8, "decompressed length is above the limit of 9 bytes"),
      ])
  }

  @Test(arguments: [200, 204, 400, 405, 413, 415, 429])
  func answersComeBackWhole(status: Int) {
    let answer = Answer(status: status, fields: ["Retry-After": "3", "Empty": ""], body: Array("text\n".utf8))
    let headers = [("Retry-After", "3"), ("Empty", "")].map { name, value in
      WireField(
        2, .message([WireField(1, .bytes(Array(name.utf8))), WireField(2, .bytes(Array(value.utf8)))]))
    }
    let message = [WireField(1, .varint(UInt64(status)))] + headers + [WireField(3, .bytes(Array("text\n".utf8)))]
    let data = GRPCMessageEncoder.frame(message.flatMap(\.bytes))
    #expect(reply(to: answer) == [Replies.headers, "data \(data)", Replies.ok])
  }

  /// The number of HTTP is the status, and the answer a detail: a google.rpc.Status with an Any.
  @Test func failuresOfTheServerAreErrors() {
    let answer = Answer(status: 503, fields: ["Retry-After": "3"], body: Array("later\n".utf8))
    let header = [WireField(1, .bytes(Array("Retry-After".utf8))), WireField(2, .bytes(Array("3".utf8)))]
    let response = [
      WireField(1, .varint(503)), WireField(2, .message(header)), WireField(3, .bytes(Array("later\n".utf8))),
    ]
    let type = Array("type.googleapis.com/httpgrpc.HTTPResponse".utf8)
    let status = [
      WireField(1, .varint(503)), WireField(2, .bytes(Array("later".utf8))),
      WireField(3, .message([WireField(1, .bytes(type)), WireField(2, .message(response))])),
    ]
    let details = Base64.encode(status.flatMap(\.bytes)).prefix { $0 != "=" }
    #expect(
      reply(to: answer) == [
        Replies.failure(503, "later", ", grpc-status-details-bin: \(details), retry-after: 3")
      ])
  }
}
