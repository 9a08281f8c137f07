import Model

@testable import Transport

/// The answer that httpgrpc carries in a message.
struct HTTPGRPCResponse {
  var status = 0
  var fields: HeaderFields = [:]
  var text = ""

  /// - Parameter message: an HTTPResponse.
  init(_ message: [UInt8]) throws {
    let message = SharedBytes(message)
    var reader = ProtobufReader(message)
    while let field = try reader.next() {
      switch field {
      case .number(1, let value): status = Int(value)
      case .bytes(2, let range): try addHeader(message, range)
      case .bytes(3, let range): text = reader.text(range)
      default: break
      }
    }
  }

  private mutating func addHeader(_ message: SharedBytes, _ range: Range<Int>) throws {
    var reader = ProtobufReader(message, range)
    var name = ""
    while let field = try reader.next() {
      switch field {
      case .bytes(1, let range): name = reader.text(range)
      case .bytes(2, let range): fields.add(name, reader.text(range))
      default: break
      }
    }
  }
}
