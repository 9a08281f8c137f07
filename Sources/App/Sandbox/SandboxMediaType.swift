import Model

/// Which bodies are taken for a remote write.
///
/// Source: client_golang `exp/api/remote`, which Cortex asks. Parameters are not trimmed there, so
/// that `; proto=…` with a space counts for nothing.
enum SandboxMediaType {
  private static let protobuf = "application/x-protobuf"
  private static let version1 = "prometheus.WriteRequest"
  private static let version2 = "io.prometheus.write.v2.Request"

  /// - Throws: the refusal of what is no remote write 1.0 in snappy. Both header fields may be absent.
  static func check(_ fields: HeaderFields) throws(SandboxRefusal) {
    let message = try messageType(fields["Content-Type"] ?? "")
    guard message == version1 else {
      throw refusal("\(message) protobuf message is not accepted by this server; only accepts \(version1)")
    }
    let encoding = fields["Content-Encoding"] ?? ""
    guard encoding.isEmpty || encoding == "snappy" else {
      throw refusal("\(encoding) encoding (compression) is not accepted by this server; only snappy is acceptable")
    }
  }

  private static func messageType(_ type: String) throws(SandboxRefusal) -> String {
    guard !type.isEmpty else { return version1 }
    let parts = type.split(separator: ";", omittingEmptySubsequences: false)
    guard parts.first == Substring(protobuf) else {
      throw refusal("expected \(protobuf) as the first (media) part, got \(type) content-type")
    }
    for parameter in parts.dropFirst() {
      let pair = parameter.split(separator: "=", omittingEmptySubsequences: false)
      guard pair.count == 2 else {
        throw refusal(
          "as per https://www.rfc-editor.org/rfc/rfc9110#parameter expected parameters to be key-values, "
            + "got \(parameter) in \(type) content-type")
      }
      guard pair[0] == "proto" else { continue }
      return try known(String(pair[1]), in: type)
    }
    return version1
  }

  private static func known(_ message: String, in type: String) throws(SandboxRefusal) -> String {
    guard [version1, version2].contains(message) else {
      throw refusal(
        "got \(type) content type; unknown type for remote write protobuf message \(message), "
          + "supported: \(version1), \(version2)")
    }
    return message
  }

  private static func refusal(_ text: String) -> SandboxRefusal {
    SandboxRefusal(status: 415, text: text)
  }
}
