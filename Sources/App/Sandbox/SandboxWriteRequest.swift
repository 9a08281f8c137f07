/// A decoded write request of remote write 1.0 (`prometheus.WriteRequest`).
///
/// Source: `prometheus/prompb/remote.proto` and `types.proto`.
struct SandboxWriteRequest: Sendable {
  var series: [SandboxTimeSeries] = []
  /// The metric names of the metadata records; an empty one where a record has none.
  var metadata: [String] = []

  /// A request that holds nothing.
  init() {}

  /// Decodes a whole message. Fields that are not known are passed over.
  init(decoding bytes: [UInt8]) throws(SandboxWireError) {
    var reader = SandboxWireReader(bytes[...], message: "WriteRequest")
    while let field = try reader.next() {
      switch field.number {
      case 1: series.append(try Self.timeSeries(field.bytes("Timeseries")))
      case 3: metadata.append(try Self.metadataName(field.bytes("Metadata")))
      default: continue
      }
    }
  }

  private static func timeSeries(_ bytes: ArraySlice<UInt8>) throws(SandboxWireError) -> SandboxTimeSeries {
    var series = SandboxTimeSeries()
    var reader = SandboxWireReader(bytes, message: "TimeSeries")
    while let field = try reader.next() {
      switch field.number {
      case 1: series.labels.append(try label(field.bytes("Labels")))
      case 2: series.samples.append(try sample(field.bytes("Samples")))
      case 3: series.exemplars.append(try exemplar(field.bytes("Exemplars")))
      case 4: series.histograms.append(try histogram(field.bytes("Histograms")))
      default: continue
      }
    }
    return series
  }

  private static func label(_ bytes: ArraySlice<UInt8>) throws(SandboxWireError) -> SandboxLabel {
    var label = SandboxLabel(name: "", value: "")
    var reader = SandboxWireReader(bytes, message: "LabelPair")
    while let field = try reader.next() {
      switch field.number {
      case 1: label.name = try field.text("Name")
      case 2: label.value = try field.text("Value")
      default: continue
      }
    }
    return label
  }

  private static func sample(_ bytes: ArraySlice<UInt8>) throws(SandboxWireError) -> SandboxSample {
    var sample = SandboxSample(timestamp: 0, value: 0)
    var reader = SandboxWireReader(bytes, message: "Sample")
    while let field = try reader.next() {
      switch field.number {
      case 1: sample.value = try field.double("Value")
      case 2: sample.timestamp = Int64(bitPattern: try field.varint("TimestampMs"))
      default: continue
      }
    }
    return sample
  }

  private static func exemplar(_ bytes: ArraySlice<UInt8>) throws(SandboxWireError) -> SandboxExemplar {
    var exemplar = SandboxExemplar(labels: [], value: 0, timestamp: 0)
    var reader = SandboxWireReader(bytes, message: "Exemplar")
    while let field = try reader.next() {
      switch field.number {
      case 1: exemplar.labels.append(try label(field.bytes("Labels")))
      case 2: exemplar.value = try field.double("Value")
      case 3: exemplar.timestamp = Int64(bitPattern: try field.varint("TimestampMs"))
      default: continue
      }
    }
    return exemplar
  }

  /// Of a native histogram only the count (1 as a whole number, 2 as a float) and the timestamp (15).
  private static func histogram(_ bytes: ArraySlice<UInt8>) throws(SandboxWireError) -> SandboxSample {
    var histogram = SandboxSample(timestamp: 0, value: 0, isHistogram: true)
    var reader = SandboxWireReader(bytes, message: "Histogram")
    while let field = try reader.next() {
      switch field.number {
      case 1: histogram.value = Double(try field.varint("CountInt"))
      case 2: histogram.value = try field.double("CountFloat")
      case 15: histogram.timestamp = Int64(bitPattern: try field.varint("TimestampMs"))
      default: continue
      }
    }
    return histogram
  }

  private static func metadataName(_ bytes: ArraySlice<UInt8>) throws(SandboxWireError) -> String {
    var name = ""
    var reader = SandboxWireReader(bytes, message: "MetricMetadata")
    while let field = try reader.next() {
      if field.number == 2 { name = try field.text("MetricFamilyName") }
    }
    return name
  }
}
