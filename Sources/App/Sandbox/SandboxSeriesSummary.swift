/// A series as `GET /sandbox/tenants/NAME/series` reports it.
struct SandboxSeriesSummary: Encodable, Sendable, Equatable {
  let labels: [String: String]
  /// Of the newest sample, in milliseconds since 1970.
  let timestamp: Int64
  /// The newest sample, or its count where it is a histogram. As text, for JSON knows neither NaN nor
  /// the infinities.
  let value: String
  /// The same to the bit, in hexadecimal: a stale marker is 7ff0000000000002.
  let bits: String
  /// Whether the newest sample is a native histogram.
  let isHistogram: Bool

  init(labels: [SandboxLabel], newest: SandboxSample) {
    self.labels = Dictionary(labels.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    timestamp = newest.timestamp
    value = GoText.number(newest.value)
    bits = GoText.hexadecimal(newest.value.bitPattern, digits: 16)
    isHistogram = newest.isHistogram
  }
}
