import Model
import TestSupport
import Testing

@testable import Transport

/// What gRPC puts into header fields.
@Suite struct GRPCTextTests {
  @Test(
    arguments: [
      ("0n", .zero), ("1n", .nanoseconds(1)), ("20u", .microseconds(20)), ("300m", .milliseconds(300)),
      ("4S", .seconds(4)), ("5M", .seconds(300)), ("6H", .seconds(21_600)), ("00000007S", .seconds(7)),
      ("99999999n", .nanoseconds(99_999_999)), ("99999999S", .seconds(99_999_999)),
      ("99999999M", GRPCTimeout.longest), ("99999999H", GRPCTimeout.longest),
    ] as [(String, Duration)])
  func timeoutsAreRead(text: String, timeout: Duration) throws {
    #expect(try GRPCTimeout.parse(text) == timeout)
  }

  @Test(arguments: ["", "S", "1", "1s", "1h", "-1S", "+1S", "1.5S", " 1S", "1S ", "123456789n", "1 S", "٣S", "1é"])
  func whatIsNoTimeoutIsRefused(text: String) {
    #expect(throws: GRPCStatus(.internal, "malformed grpc-timeout: \(text)")) { try GRPCTimeout.parse(text) }
  }

  @Test(arguments: [
    ("", ""), ("plain text: 1, 2; 3~", "plain text: 1, 2; 3~"), ("100%", "100%25"),
    ("two\nlines\r\t", "two%0Alines%0D%09"), ("größe", "gr%C3%B6%C3%9Fe"), ("🙂", "%F0%9F%99%82"), ("\u{7F}", "%7F"),
  ])
  func messagesAreEncoded(message: String, encoded: String) {
    #expect(GRPCTrailers.percentEncoded(message) == encoded)
  }

  @Test(arguments: [
    ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
    ("foobar", "Zm9vYmFy"), ("\u{3F}\u{3E}\u{3F}\u{3E}", "Pz4/Pg"),
  ])
  func bytesBecomeText(bytes: String, text: String) {
    #expect(Base64.encode(Array(bytes.utf8)) == text)
    #expect(Base64.decode(text) == Array(bytes.utf8))
    #expect(Base64.decode(text + "==\n") == Array(bytes.utf8))
  }

  @Test(arguments: [UInt64](0..<50))
  func bytesSurviveText(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let bytes = Contents.random(&random, upTo: 300)
    #expect(Base64.decode(Base64.encode(bytes)) == bytes, "seed \(seed)")
  }

  @Test(arguments: GRPCMethod.allCases)
  func methodsAreFoundByTheirPath(method: GRPCMethod) throws {
    #expect(try GRPCMethod(path: method.rawValue[...]) == method)
  }

  @Test(arguments: [
    ("/distributor.Distributor/Pull", "unknown method Pull for service distributor.Distributor"),
    ("/distributor.Distributor/push", "unknown method push for service distributor.Distributor"),
    ("/cortex.Ingester/Push", "unknown service cortex.Ingester"), ("//", "unknown service "),
    ("/", "malformed method name: /"), ("", "malformed method name: "),
    ("/distributor.Distributor/Push/", "malformed method name: /distributor.Distributor/Push/"),
    ("distributor.Distributor/Push", "malformed method name: distributor.Distributor/Push"),
  ])
  func unknownMethodsAreUnimplemented(path: String, message: String) {
    #expect(throws: GRPCStatus(.unimplemented, message)) { try GRPCMethod(path: path[...]) }
  }

  @Test(arguments: [
    ("application/grpc", true, true), ("application/grpc+proto", true, true), ("Application/GRPC", true, true),
    ("application/grpc;charset=utf-8", true, true), ("application/grpc+proto ; x", true, true),
    ("application/grpc+json", true, false), ("application/grpc-web", true, false),
    ("application/grpc-web+proto", true, false), ("application/x-protobuf", false, false), ("", false, false),
  ])
  func contentTypesAreToldApart(type: String, isGRPC: Bool, isProtobuf: Bool) {
    #expect(GRPCRequest.isGRPC(type) == isGRPC)
    #expect(GRPCRequest.isProtobuf(type) == isProtobuf)
  }

  /// Every answer that HTTP knows has a code, and the text goes with it.
  @Test(
    arguments: [
      (200, .ok), (202, .ok), (204, .ok), (299, .ok), (300, .internal), (400, .invalidArgument),
      (401, .unauthenticated), (403, .permissionDenied), (404, .internal), (405, .internal),
      (408, .deadlineExceeded), (413, .resourceExhausted), (415, .unimplemented), (417, .internal),
      (429, .resourceExhausted), (500, .internal), (501, .internal), (502, .internal), (503, .unavailable),
      (504, .internal),
    ] as [(Int, GRPCStatus.Code)])
  func answersHaveCodes(status: Int, code: GRPCStatus.Code) {
    let result = GRPCStatus(.text(status, "a reason\nin two lines"))
    #expect(result == GRPCStatus(code, code == .ok ? "" : "a reason\nin two lines"))
  }

  @Test func codesHaveTheirNumbers() {
    #expect(GRPCStatus.Code.allCases.map(\.rawValue) == Array(0...16))
  }
}
