import TestSupport

extension ReceivedRequest {
  /// The request's body, read by a decoder that shares nothing with the proxy's.
  func writeRequest() throws -> Prometheus_WriteRequest {
    try Prometheus_WriteRequest(decoding: LiteralSnappy.decompress(body))
  }

  /// The values of a label, one a series, empty for a series without it.
  func values(of label: String) throws -> [String] {
    try writeRequest().timeseries.map { series in series.labels.first { $0.name == label }?.value ?? "" }
  }
}
