/// Puts messages into the form in which they go out: uncompressed, with a flag and the length in front.
enum GRPCMessageEncoder {
  /// A message with its prefix.
  ///
  /// - Precondition: it has less than 4 GiB.
  static func frame(_ message: [UInt8]) -> [UInt8] {
    let length = UInt32(message.count)
    let prefix = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> UInt32($0)) }
    return [0] + prefix + message
  }
}
