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
    guard encoding.isEmpty || encoding == "snappy" || encoding.lowercased() == "snappy" else {
      throw Unsupported(
        description: "\(encoding) encoding (compression) is not accepted by this server; only snappy is acceptable")
    }
  }

  private static func checkContentType(_ contentType: String) throws(Unsupported) {
    // What nearly every sender says need not be taken apart.
    guard !contentType.isEmpty, contentType != mediaType else { return }
    let parts = split(contentType[...], at: ";")
    guard parts[0].lowercased() == mediaType else {
      throw Unsupported(
        description: "expected \(mediaType) as the first (media) part, got \(contentType) content-type")
    }
    for parameter in parts.dropFirst() {
      let pair = split(parameter, at: "=", maxSplits: 1)
      guard pair.count == 2, pair[0].lowercased() == "proto" else { continue }
      switch pair[1] {
      case message1: continue
      case message2: throw Unsupported(description: "remote write 2.0 (\(message2)) is not supported; send 1.0")
      default: throw Unsupported(description: "unknown remote write message \(pair[1])")
      }
    }
  }

  /// Splits text at a character of ASCII, and trims the parts. By its bytes: to take text apart by characters costs a
  /// hundredth of a load.
  private static func split(
    _ text: Substring, at separator: Unicode.Scalar, maxSplits: Int = .max
  ) -> [Substring] {
    text.utf8.split(separator: UInt8(ascii: separator), maxSplits: maxSplits, omittingEmptySubsequences: false)
      .map { part in
        var part = part
        while isBlank(part.first) { part.removeFirst() }
        while isBlank(part.last) { part.removeLast() }
        return Substring(part)
      }
  }

  private static func isBlank(_ byte: UInt8?) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}
