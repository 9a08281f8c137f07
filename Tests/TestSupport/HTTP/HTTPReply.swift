package import Model

/// A complete answer, as it came over a connection.
package struct HTTPReply: Sendable {
  package var status: Int
  package var fields: HeaderFields
  /// The body, without the frames of chunks.
  package var body: [UInt8]

  /// The body as text.
  package var text: String {
    String(decoding: body, as: UTF8.self)
  }
}
