/// What clients of gRPC may send.
package struct GRPCConfiguration: Sendable {
  /// The greatest length of a message, in bytes as it comes in.
  package var messageLimit: Int
  /// The greatest length of a message after decompression, in bytes.
  package var decompressedLimit: Int

  /// The greatest length of the messages that are not forwarded, in bytes, compressed or not. No budget
  /// knows of them.
  static let controlMessageLimit = 64 << 10

  package init(messageLimit: Int = 104_857_600, decompressedLimit: Int = 134_217_728) {
    self.messageLimit = messageLimit
    self.decompressedLimit = decompressedLimit
  }
}
