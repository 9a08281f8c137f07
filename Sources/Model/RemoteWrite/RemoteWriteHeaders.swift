/// Tells by its header fields whether a request is remote write 1.0.
///
/// Source: remote write 1.0 and 2.0, and what Cortex does (REMOTE-WRITE, 3.2): no Content-Type means
/// 1.0, no Content-Encoding means snappy, and the parameter `proto` names the message.
package enum RemoteWriteHeaders {
  /// Why a request is not taken; answered with 415.
  package struct Unsupported: Error, Equatable, CustomStringConvertible {
    package let description: String
  }

  private static let mediaType = "application/x-protobuf"
  private static let message1 = "prometheus.WriteRequest"
  private static let message2 = "io.prometheus.write.v2.Request"

  /// - Throws: what is not supported.
  package static func check(_ fields: HeaderFields) throws(Unsupported) {
    try checkContentType(fields["Content-Type"] ?? "")
    let encoding = fields["Content-Encoding"] ?? ""
    guard encoding.isEmpty || encoding.lowercased() == "snappy" else {
      throw Unsupported(
        description: "\(encoding) encoding (compression) is not accepted by this server; only snappy is acceptable")
    }
  }

  private static func checkContentType(_ contentType: String) throws(Unsupported) {
    guard !contentType.isEmpty else { return }
    let parts = contentType.split(separator: ";", omittingEmptySubsequences: false).map(trimmed)
    guard parts[0].lowercased() == mediaType else {
      throw Unsupported(
        description: "expected \(mediaType) as the first (media) part, got \(contentType) content-type")
    }
    for parameter in parts.dropFirst() {
      let pair = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(trimmed)
      guard pair.count == 2, pair[0].lowercased() == "proto" else { continue }
      switch pair[1] {
      case message1: continue
      case message2: throw Unsupported(description: "remote write 2.0 (\(message2)) is not supported; send 1.0")
      default: throw Unsupported(description: "unknown remote write message \(pair[1])")
      }
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
