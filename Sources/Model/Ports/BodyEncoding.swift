/// How the write request in a body is encoded.
package enum BodyEncoding: Sendable, Equatable, CaseIterable {
  /// One block in snappy's block format: what remote write over HTTP sends.
  case snappyBlock
  /// The message itself.
  case identity
}
