internal import Model

/// The messages of gRPC's health service.
///
/// Source: gRPC's `health-checking.md`.
enum GRPCHealth {
  /// The states that are reported, by their numbers.
  enum State: Int, Sendable {
    case serving = 1
    case notServing = 2
    case serviceUnknown = 3

    init(isReady: Bool) {
      self = isReady ? .serving : .notServing
    }
  }

  /// The services whose health can be asked for; the empty name stands for the process.
  static let services: Set<String> = ["", String(GRPCMethod.push.service), String(GRPCMethod.handle.service)]

  /// The service that a HealthCheckRequest asks for.
  static func service(in request: SharedBytes) throws(GRPCStatus) -> String {
    var service = ""
    var reader = ProtobufReader(request)
    while let field = try reader.next() {
      if case .bytes(1, let range) = field { service = reader.text(range) }
    }
    return service
  }

  /// A HealthCheckResponse, framed.
  static func response(_ state: State) -> [UInt8] {
    var writer = ProtobufWriter()
    writer.add(1, state.rawValue)
    return GRPCMessageEncoder.frame(writer.bytes)
  }
}
