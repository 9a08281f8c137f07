/// Where a Prometheus writes to, as its configuration has it.
struct RemoteWriteTarget: Sendable {
  var url: String
  /// A line of YAML beside the URL, for instance on TLS.
  var settings = ""
}
