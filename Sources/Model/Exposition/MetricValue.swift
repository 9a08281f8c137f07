/// What a metric shows at one moment.
package enum MetricValue: Sendable, Equatable {
  /// A count, or a level in whole numbers.
  case integer(Int)
  /// Anything else that is one number.
  case number(Double)
  /// What a histogram has counted.
  case histogram(HistogramReading)
}
