import Model
import TestSupport

@testable import App

/// Writes protobuf for the sandbox's tests, field by field.
struct SandboxPushBody {
  private(set) var bytes: [UInt8] = []

  /// The message as a snappy block.
  var block: SharedBytes { SharedBytes(LiteralSnappy.compress(bytes)) }

  /// A request with one series and its samples.
  static func series(_ labels: [(String, String)], _ samples: [(timestamp: Int64, value: Double)]) -> SandboxPushBody {
    SandboxPushBody().adding(labels, samples)
  }

  /// A series more.
  func adding(
    _ labels: [(String, String)], _ samples: [(timestamp: Int64, value: Double)] = [],
    exemplars: [SandboxExemplar] = [], histograms: [(timestamp: Int64, count: UInt64)] = []
  ) -> SandboxPushBody {
    var series = SandboxPushBody()
    for label in labels { series.message(1, Self.label(label.0, label.1)) }
    for sample in samples { series.message(2, Self.sample(sample.timestamp, sample.value)) }
    for exemplar in exemplars { series.message(3, Self.exemplar(exemplar)) }
    for histogram in histograms { series.message(4, Self.histogram(histogram.timestamp, histogram.count)) }
    return appending(1, series)
  }

  /// A metadata record more.
  func addingMetadata(_ name: String) -> SandboxPushBody {
    var metadata = SandboxPushBody()
    metadata.varint(1, 1)
    metadata.text(2, name)
    metadata.text(4, "help")
    return appending(3, metadata)
  }

  private func appending(_ field: UInt64, _ message: SandboxPushBody) -> SandboxPushBody {
    var body = self
    body.message(field, message)
    return body
  }

  private static func label(_ name: String, _ value: String) -> SandboxPushBody {
    var label = SandboxPushBody()
    label.text(1, name)
    label.text(2, value)
    return label
  }

  private static func sample(_ timestamp: Int64, _ value: Double) -> SandboxPushBody {
    var sample = SandboxPushBody()
    sample.double(1, value)
    sample.varint(2, UInt64(bitPattern: timestamp))
    return sample
  }

  private static func exemplar(_ exemplar: SandboxExemplar) -> SandboxPushBody {
    var message = SandboxPushBody()
    for label in exemplar.labels { message.message(1, Self.label(label.name, label.value)) }
    message.double(2, exemplar.value)
    message.varint(3, UInt64(bitPattern: exemplar.timestamp))
    return message
  }

  private static func histogram(_ timestamp: Int64, _ count: UInt64) -> SandboxPushBody {
    var histogram = SandboxPushBody()
    histogram.varint(1, count)
    histogram.double(3, 1.5)
    histogram.varint(15, UInt64(bitPattern: timestamp))
    return histogram
  }

  // MARK: Fields

  mutating func varint(_ field: UInt64, _ value: UInt64) {
    append(field << 3)
    append(value)
  }

  mutating func double(_ field: UInt64, _ value: Double) {
    append(field << 3 | 1)
    for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(value.bitPattern >> shift & 0xFF)) }
  }

  mutating func text(_ field: UInt64, _ text: String) {
    append(field << 3 | 2)
    append(UInt64(text.utf8.count))
    bytes += text.utf8
  }

  mutating func message(_ field: UInt64, _ message: SandboxPushBody) {
    append(field << 3 | 2)
    append(UInt64(message.bytes.count))
    bytes += message.bytes
  }

  /// A bare varint, such as a key.
  mutating func append(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
