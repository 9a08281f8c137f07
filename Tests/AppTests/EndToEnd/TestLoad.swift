import Model
import TestSupport

/// A load as a sender would make it.
struct TestLoad: Sendable {
  /// What Prometheus sends beside a load.
  static let fields: HeaderFields = [
    "Content-Type": "application/x-protobuf", "Content-Encoding": "snappy", "User-Agent": "Prometheus/2.42.0",
    "X-Prometheus-Remote-Write-Version": "0.1.0",
  ]

  var request = Prometheus_WriteRequest()

  /// One series a tenant; an empty name stands for a series without a tenant label.
  init(_ tenants: [String] = [], name: String = "up", value: Double = 1) {
    for (index, tenant) in tenants.enumerated() {
      let labels = [("__name__", name), ("instance", "\(index)")] + (tenant.isEmpty ? [] : [("tenant_id", tenant)])
      add(labels, value: value)
    }
  }

  /// A series more, with one sample.
  mutating func add(_ labels: [(String, String)], value: Double = 1) {
    var series = Prometheus_TimeSeries()
    series.labels = labels.map { name, value in
      var label = Prometheus_Label()
      label.name = name
      label.value = value
      return label
    }
    var sample = Prometheus_Sample()
    sample.value = value
    sample.timestamp = 1_700_000_000_000
    series.samples = [sample]
    request.timeseries.append(series)
  }

  /// A metadata record more.
  mutating func addMetadata(_ name: String) {
    var metadata = Prometheus_MetricMetadata()
    metadata.metricFamilyName = name
    metadata.type = .counter
    metadata.help = "Help of \(name)."
    request.metadata.append(metadata)
  }

  /// The load without compression.
  func contents() throws -> [UInt8] { try request.encoded() }

  /// The load as it is sent.
  func body() throws -> [UInt8] { LiteralSnappy.compress(try contents()) }
}
