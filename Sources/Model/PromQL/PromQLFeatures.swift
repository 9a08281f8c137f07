/// The parts of PromQL that a server has to be told to take.
package struct PromQLFeatures: OptionSet, Sendable {
  /// Experimental functions, and the aggregations `limitk` and `limit_ratio`.
  package static let experimentalFunctions = PromQLFeatures(rawValue: 1)
  /// Arithmetic where a duration stands: `[5m + 1m]`, `offset (1h / 2)`.
  package static let durationExpressions = PromQLFeatures(rawValue: 2)
  /// The modifiers `anchored` and `smoothed`.
  package static let extendedRangeSelectors = PromQLFeatures(rawValue: 4)
  /// The modifiers `fill`, `fill_left` and `fill_right`.
  package static let fillModifiers = PromQLFeatures(rawValue: 8)

  package let rawValue: Int

  package init(rawValue: Int) {
    self.rawValue = rawValue
  }
}
