import Model

@testable import Transport

/// A call, and in words what it wants done.
final class CallTranscript {
  private var call: GRPCCall
  /// What the handler says when it is asked.
  var decision = BodyDecision.collect

  init(
    _ method: GRPCMethod, fields: [(String, String)] = [], configuration: GRPCConfiguration = GRPCConfiguration()
  ) {
    call = GRPCCall(Self.head(method.rawValue, fields), configuration: configuration)
  }

  init(_ head: RequestHead) {
    call = GRPCCall(head, configuration: GRPCConfiguration())
  }

  static func head(_ path: String, _ fields: [(String, String)] = [], method: String = "POST") -> RequestHead {
    var all: HeaderFields = ["content-type": "application/grpc", "te": "trailers"]
    for (name, value) in fields { all.add(name, value) }
    return RequestHead(method: method, target: path, fields: all, contentLength: nil)
  }

  /// A message with its prefix.
  static func frame(_ message: [UInt8], isCompressed: Bool = false) -> [UInt8] {
    [isCompressed ? 1 : 0] + GRPCMessageEncoder.frame(message).dropFirst()
  }

  var timeout: Duration? { call.timeout }
  var isDone: Bool { call.isDone }

  func start() -> [String] { words(call.start()) }

  func received(_ bytes: [UInt8]) -> [String] {
    var lines: [String] = []
    var offset = 0
    while let action = call.received(bytes.span.bytes, from: &offset) { lines += words(action) }
    return lines
  }

  func received(message: [UInt8], isCompressed: Bool = false) -> [String] {
    received(Self.frame(message, isCompressed: isCompressed))
  }

  func ended() -> [String] { words(call.ended()) }
  func cancelled() -> [String] { words(call.cancelled()) }
  func deadlineReached() -> [String] { words(call.deadlineReached()) }
  func shuttingDown() -> [String] { words(call.shuttingDown()) }
  func answered(_ answer: Answer) -> [String] { words(call.answered(answer)) }
  func givenUp(_ answer: Answer) -> [String] { words(call.givenUp(answer)) }
  func readiness(_ isReady: Bool) -> [String] { words(call.readiness(isReady)) }

  private func words(_ action: GRPCCall.Action?) -> [String] {
    switch action {
    case .begin(let head):
      call.decided(decision)
      return ["begin \(Self.words(head))"]
    case .bodyArrived(let count):
      call.decided(decision)
      return ["body +\(count)"]
    case .end(let body): return ["end \(body.array)"]
    case .restart(let head, let body, let held): return ["restart \(Self.words(head)) \(body.array) of \(held)"]
    case .checkReadiness: return ["check readiness"]
    case .watchReadiness: return ["watch readiness"]
    case .send(let outputs): return outputs.map(Self.words)
    case .abort(let outputs): return ["abort"] + outputs.map(Self.words)
    case nil: return []
    }
  }

  private static func words(_ head: RequestHead) -> String {
    let length = head.contentLength.map(String.init) ?? "?"
    return "\(head.method) \(head.target) \(head.bodyEncoding) \(length) {\(words(head.fields))}"
  }

  private static func words(_ output: GRPCOutput) -> String {
    switch output {
    case .headers(let status, let fields, let endsStream):
      "\(endsStream ? "only " : "")headers \(status) {\(words(fields))}"
    case .data(let bytes): "data \(bytes)"
    case .trailers(let fields): "trailers {\(words(fields))}"
    }
  }

  private static func words(_ fields: HeaderFields) -> String {
    fields.fields.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
  }
}
