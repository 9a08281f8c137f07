/// How long a client waits for a call, as `grpc-timeout` has it.
///
/// Source: gRPC's `PROTOCOL-HTTP2.md`: at most eight digits and a unit.
enum GRPCTimeout {
  /// Longer timeouts are taken as this: nobody waits for thirty years, and a timer's nanoseconds must not
  /// overflow.
  static let longest = Duration.seconds(1_000_000_000)

  /// - Throws: INTERNAL where the text is no timeout.
  static func parse(_ text: String) throws(GRPCStatus) -> Duration {
    let digits = text.utf8.dropLast()
    guard 1...8 ~= digits.count, digits.allSatisfy({ 0x30...0x39 ~= $0 }), let unit = text.utf8.last,
      let timeout = duration(digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }, unit)
    else { throw GRPCStatus(.internal, "malformed grpc-timeout: \(text)") }
    return min(timeout, longest)
  }

  private static func duration(_ value: Int64, _ unit: UInt8) -> Duration? {
    switch unit {
    case UInt8(ascii: "H"): .seconds(value * 3600)
    case UInt8(ascii: "M"): .seconds(value * 60)
    case UInt8(ascii: "S"): .seconds(value)
    case UInt8(ascii: "m"): .milliseconds(value)
    case UInt8(ascii: "u"): .microseconds(value)
    case UInt8(ascii: "n"): .nanoseconds(value)
    default: nil
    }
  }
}
