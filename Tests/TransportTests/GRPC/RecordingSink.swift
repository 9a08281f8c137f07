import Model

@testable import Transport

/// Keeps what is sent.
final class RecordingSink: GRPCSink {
  private(set) var data: [[UInt8]] = []
  /// The request and the status of every end.
  private(set) var statuses: [String] = []

  func send(_ outputs: [GRPCOutput], for id: RequestID) {
    for output in outputs {
      switch output {
      case .headers(_, let fields, let endsStream): if endsStream { end(fields, id) }
      case .data(let bytes): data.append(bytes)
      case .trailers(let fields): end(fields, id)
      }
    }
  }

  private func end(_ fields: HeaderFields, _ id: RequestID) {
    statuses.append("\(id.number): \(fields["grpc-status"] ?? "none")")
  }
}
