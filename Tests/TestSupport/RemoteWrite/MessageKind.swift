/// The messages of remote write, told apart where all that is at hand are wire fields.
package enum MessageKind: Sendable {
  case writeRequest
  case timeSeries
  case label
  case sample
  case exemplar
  case histogram
  case bucketSpan
  case metadata

  /// The message in a field of this one; `nil` where there is none.
  package func message(in field: Int) -> MessageKind? {
    switch (self, field) {
    case (.writeRequest, 1): .timeSeries
    case (.writeRequest, 3): .metadata
    case (.timeSeries, 1), (.exemplar, 1): .label
    case (.timeSeries, 2): .sample
    case (.timeSeries, 3): .exemplar
    case (.timeSeries, 4): .histogram
    case (.histogram, 8), (.histogram, 11): .bucketSpan
    default: nil
    }
  }

  /// Fields that some sender's schema has and the oracle's does not: start timestamps, and the created
  /// timestamp of older senders.
  var newerField: Int? {
    switch self {
    case .sample: 3
    case .histogram: 17
    case .timeSeries: 6
    case .writeRequest, .label, .exemplar, .bucketSpan, .metadata: nil
    }
  }
}
