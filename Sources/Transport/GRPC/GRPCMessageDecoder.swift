/// Finds the messages in a stream of bytes: each has a flag and its length in front.
///
/// The payload stays where it is and is only pointed at.
///
/// Source: gRPC's `PROTOCOL-HTTP2.md`, Length-Prefixed-Message.
struct GRPCMessageDecoder {
  /// A step on the way through the stream.
  enum Part: Equatable {
    /// A message begins; its payload has so many bytes.
    case began(isCompressed: Bool, length: Int)
    /// More of the payload.
    case payload(Range<Int>)
    /// The message is complete.
    case ended
  }

  /// The flag and the length.
  static let prefixLength = 5

  private let limit: Int
  /// How much of the prefix has come; the flag and the length as far as they have.
  private var prefixCount = 0
  private var flag: UInt8 = 0
  private var length: UInt32 = 0
  /// How many bytes of the current message are still to come; `nil` between messages.
  private var missing: Int?

  /// - Parameter limit: the greatest length of a message, in bytes.
  init(limit: Int) {
    self.limit = limit
  }

  /// Whether the bytes so far end where a message does.
  var isBetweenMessages: Bool { missing == nil && prefixCount == 0 }

  /// The next step.
  ///
  /// - Parameter offset: where to go on in `bytes`; moves on.
  /// - Returns: `nil` where it takes more bytes.
  /// - Throws: RESOURCE_EXHAUSTED where a message announces to be longer than the limit; INTERNAL where
  ///   its flag has no meaning. The stream cannot be read on then.
  mutating func next(in bytes: RawSpan, from offset: inout Int) throws(GRPCStatus) -> Part? {
    guard let missing else { return try readPrefix(bytes, &offset) }
    guard missing > 0 else {
      self.missing = nil
      return .ended
    }
    let end = offset + min(missing, bytes.byteCount - offset)
    guard end > offset else { return nil }
    defer { offset = end }
    self.missing = missing - (end - offset)
    return .payload(offset..<end)
  }

  private mutating func readPrefix(_ bytes: RawSpan, _ offset: inout Int) throws(GRPCStatus) -> Part? {
    while prefixCount < Self.prefixLength {
      guard offset < bytes.byteCount else { return nil }
      let byte = bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
      if prefixCount == 0 { flag = byte } else { length = length << 8 | UInt32(byte) }
      prefixCount += 1
      offset += 1
    }
    prefixCount = 0
    guard flag <= 1 else { throw GRPCStatus(.internal, "a message has the unknown flag \(flag)") }
    guard length <= limit else {
      throw GRPCStatus(.resourceExhausted, "message of \(length) bytes is larger than the limit of \(limit)")
    }
    missing = Int(length)
    return .began(isCompressed: flag == 1, length: Int(length))
  }
}
