import Model
import TestSupport
import Testing

/// A body that is broken in one place, and what is to be said of it.
struct WireFaultCase: Sendable, CustomTestStringConvertible {
  let name: String
  let body: [UInt8]
  let reason: WireFault.Reason
  let message: String
  let offset: Int

  var testDescription: String { "\(message), \(name)" }

  /// Puts `fields` into a message of a kind.
  ///
  /// - Parameter at: where the fault is, counted from the start of `fields`.
  init(_ name: String, in message: Message, _ fields: [UInt8], _ reason: WireFault.Reason, at position: Int = 0) {
    self.name = name
    self.reason = reason
    self.message = message.rawValue
    let wrapped = message.wrap(fields)
    body = wrapped.body
    offset = wrapped.start + position
  }

  /// The messages of remote write by the name that faults have for them, and how to get there.
  enum Message: String, CaseIterable, Sendable {
    case writeRequest = "WriteRequest"
    case timeSeries = "TimeSeries"
    case label = "Label"
    case sample = "Sample"
    case exemplar = "Exemplar"
    case histogram = "Histogram"
    case bucketSpan = "BucketSpan"
    case metadata = "MetricMetadata"

    /// The numbers of the fields that lead to the message.
    private var path: [Int] {
      switch self {
      case .writeRequest: []
      case .timeSeries: [1]
      case .label: [1, 1]
      case .sample: [1, 2]
      case .exemplar: [1, 3]
      case .histogram: [1, 4]
      case .bucketSpan: [1, 4, 11]
      case .metadata: [3]
      }
    }

    /// The fields it knows, and the wire types that each may have.
    var knownFields: [Int: [Int]] {
      switch self {
      case .writeRequest: [1: [2], 3: [2]]
      case .timeSeries: [1: [2], 2: [2], 3: [2], 4: [2]]
      case .label: [1: [2], 2: [2]]
      case .sample: [1: [1], 2: [0], 3: [0]]
      case .exemplar: [1: [2], 2: [1], 3: [0]]
      case .bucketSpan: [1: [0], 2: [0]]
      case .metadata: [1: [0], 2: [2], 4: [2], 5: [2]]
      case .histogram:
        [
          1: [0], 2: [1], 3: [1], 4: [0], 5: [1], 6: [0], 7: [1], 8: [2], 9: [0, 2], 10: [1, 2], 11: [2],
          12: [0, 2], 13: [1, 2], 14: [0], 15: [0], 16: [1, 2], 17: [0],
        ]
      }
    }

    /// A body with a sound record, and then `fields` inside of this message.
    func wrap(_ fields: [UInt8]) -> (body: [UInt8], start: Int) {
      let sound: [UInt8] = [0x1A, 0x02, 0x08, 0x01]
      let inner = path.reversed().reduce(fields) { WireField($1, .bytes($0)).bytes }
      return (sound + inner, sound.count + inner.count - fields.count)
    }
  }
}
