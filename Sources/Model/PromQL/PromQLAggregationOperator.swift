/// What aggregates the series of a vector.
package enum PromQLAggregationOperator: String, CaseIterable, Sendable {
  case avg, bottomk, count
  case countValues = "count_values"
  case group, max, min, quantile, stddev, stdvar, sum, topk, limitk
  case limitRatio = "limit_ratio"

  /// The type of the parameter that comes before the vector, where there is one.
  package var parameter: PromQLValueType? {
    switch self {
    case .bottomk, .limitk, .limitRatio, .quantile, .topk: .scalar
    case .countValues: .string
    case .avg, .count, .group, .max, .min, .stddev, .stdvar, .sum: nil
    }
  }

  /// Whether it has to be switched on: ``PromQLFeatures/experimentalFunctions``.
  package var isExperimental: Bool { self == .limitk || self == .limitRatio }

  init?(_ kind: PromQLTokenKind) {
    switch kind {
    case .avg: self = .avg
    case .bottomk: self = .bottomk
    case .count: self = .count
    case .countValues: self = .countValues
    case .group: self = .group
    case .max: self = .max
    case .min: self = .min
    case .quantile: self = .quantile
    case .stddev: self = .stddev
    case .stdvar: self = .stdvar
    case .sum: self = .sum
    case .topk: self = .topk
    case .limitk: self = .limitk
    case .limitRatio: self = .limitRatio
    default: return nil
    }
  }
}
