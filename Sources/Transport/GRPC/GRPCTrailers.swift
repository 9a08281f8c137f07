internal import Model

/// The header fields with which a call ends.
enum GRPCTrailers {
  /// - Parameters:
  ///   - number: the status; one of ``GRPCStatus/Code`` except where httpgrpc has HTTP's number in it.
  ///   - message: goes out percent-encoded.
  static func fields(number: Int, message: String) -> HeaderFields {
    var fields: HeaderFields = ["grpc-status": String(number)]
    if !message.isEmpty { fields.add("grpc-message", percentEncoded(message)) }
    return fields
  }

  /// The trailers of a status.
  static func fields(_ status: GRPCStatus) -> HeaderFields {
    fields(number: status.code.rawValue, message: status.message)
  }

  /// A message as header fields can carry it: printable ASCII but for `%`, and the bytes of the rest in hex.
  ///
  /// Source: gRPC's `PROTOCOL-HTTP2.md`, Percent-Encoded.
  static func percentEncoded(_ message: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in message.utf8 {
      if 0x20...0x7E ~= byte, byte != UInt8(ascii: "%") {
        encoded.append(byte)
      } else {
        encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}
