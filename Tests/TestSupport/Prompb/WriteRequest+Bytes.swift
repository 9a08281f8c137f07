import SwiftProtobuf

extension Prometheus_WriteRequest {
  /// Reads a body that is not compressed.
  package init(decoding body: [UInt8]) throws {
    try self.init(serializedBytes: body)
  }

  /// The message in bytes, always the same for the same bits in all its values: unlike `==`, this
  /// tells NaN from NaN, and finds a NaN the same as itself.
  package func encoded() throws -> [UInt8] {
    try serializedBytes()
  }

  /// Whether there are fields beside series and metadata.
  package var hasUnknownFields: Bool { !unknownFields.data.isEmpty }

  /// The message without unknown fields at the top.
  package var withoutUnknownFields: Prometheus_WriteRequest {
    var copy = self
    copy.unknownFields = UnknownStorage()
    return copy
  }

  /// Whether all that keeps SwiftProtobuf from reading `body` is text that is no UTF-8. Cortex reads
  /// such text, for its library looks at no bytes of a string.
  package static func hasInvalidText(_ body: [UInt8]) -> Bool {
    do {
      _ = try Prometheus_WriteRequest(decoding: body)
      return false
    } catch BinaryDecodingError.invalidUTF8 {
      return true
    } catch {
      return false
    }
  }
}
