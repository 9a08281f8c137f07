/// The compressions of messages that clients may use. They are those that Cortex knows.
enum GRPCEncoding: String, CaseIterable, Sendable {
  case identity
  case gzip
  /// Snappy's framing format.
  case snappy
  /// Snappy's block format: what remote write uses over HTTP.
  case snappyBlock = "snappy-block"

  /// All of them, as `grpc-accept-encoding` lists them.
  static let accepted = allCases.map(\.rawValue).joined(separator: ",")
}
