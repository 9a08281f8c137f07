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

  /// The message in a field of this one.
  func child(_ number: Int) -> MessageKind {
    switch (self, number) {
    case (.writeRequest, 1): .timeSeries
    case (.writeRequest, _): .metadata
    case (.timeSeries, 2): .sample
    case (.timeSeries, 3): .exemplar
    case (.timeSeries, 4): .histogram
    case (.histogram, _): .bucketSpan
    default: .label
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
