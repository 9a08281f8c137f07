/// The functions of each dialect.
///
/// Source: Prometheus `promql/parser/functions.go`, Cortex `pkg/parser`, Mimir `pkg/util/promqlext`.
package enum PromQLFunctions {
  /// The functions of a dialect by their names.
  package static func all(in dialect: PromQLDialect) -> [String: PromQLFunction] {
    switch dialect {
    case .cortex: cortex
    case .mimir: mimir
    case .prometheus: prometheus
    }
  }

  private static let cortex = table(common, earlyOver, smoothing, thanos)
  private static let mimir = table(common, lateOver, late, smoothing)
  private static let prometheus = table(common, lateOver, late)

  private static func table(_ lists: [PromQLFunction]...) -> [String: PromQLFunction] {
    Dictionary(lists.joined().map { ($0.name, $0) }) { first, _ in first }
  }

  private static let common: [PromQLFunction] = vectors + dates + overTime + others + experiments

  private static let vectors = [
    "abs", "absent", "acos", "acosh", "asin", "asinh", "atan", "atanh", "ceil", "cos", "cosh", "deg", "exp", "floor",
    "histogram_avg", "histogram_count", "histogram_stddev", "histogram_stdvar", "histogram_sum", "ln", "log10", "log2",
    "rad", "sgn", "sin", "sinh", "sort", "sort_desc", "sqrt", "tan", "tanh", "timestamp",
  ].map { PromQLFunction($0, [.vector]) }

  private static let dates = [
    "day_of_month", "day_of_week", "day_of_year", "days_in_month", "hour", "minute", "month", "year",
  ].map { PromQLFunction($0, [.vector], arity: .lastUpTo(1)) }

  private static let overTime = [
    "absent_over_time", "avg_over_time", "changes", "count_over_time", "delta", "deriv", "idelta", "increase", "irate",
    "last_over_time", "max_over_time", "min_over_time", "present_over_time", "rate", "resets", "stddev_over_time",
    "stdvar_over_time", "sum_over_time",
  ].map { PromQLFunction($0, [.matrix]) }

  private static let others: [PromQLFunction] = [
    PromQLFunction("pi", [], result: .scalar),
    PromQLFunction("time", [], result: .scalar),
    PromQLFunction("scalar", [.vector], result: .scalar),
    PromQLFunction("vector", [.scalar]),
    PromQLFunction("clamp", [.vector, .scalar, .scalar]),
    PromQLFunction("clamp_max", [.vector, .scalar]),
    PromQLFunction("clamp_min", [.vector, .scalar]),
    PromQLFunction("round", [.vector, .scalar], arity: .lastUpTo(1)),
    PromQLFunction("histogram_fraction", [.scalar, .scalar, .vector]),
    PromQLFunction("histogram_quantile", [.scalar, .vector]),
    PromQLFunction("predict_linear", [.matrix, .scalar]),
    PromQLFunction("quantile_over_time", [.scalar, .matrix]),
    PromQLFunction("label_replace", [.vector, .string, .string, .string, .string]),
    PromQLFunction("label_join", [.vector, .string, .string, .string], arity: .lastRepeated),
  ]

  private static let experiments: [PromQLFunction] =
    [
      PromQLFunction("double_exponential_smoothing", [.matrix, .scalar, .scalar], isExperimental: true),
      PromQLFunction("info", [.vector, .vector], arity: .lastUpTo(1), isExperimental: true),
      PromQLFunction("sort_by_label", [.vector, .string], arity: .lastRepeated, isExperimental: true),
      PromQLFunction("sort_by_label_desc", [.vector, .string], arity: .lastRepeated, isExperimental: true),
    ]
    + [
      "mad_over_time", "ts_of_first_over_time", "ts_of_last_over_time", "ts_of_max_over_time", "ts_of_min_over_time",
    ].map { PromQLFunction($0, [.matrix], isExperimental: true) }

  private static let earlyOver = [PromQLFunction("first_over_time", [.matrix], isExperimental: true)]

  private static let lateOver = [PromQLFunction("first_over_time", [.matrix])]

  private static let late: [PromQLFunction] =
    ["start", "end", "range", "step"].map { PromQLFunction($0, [], result: .scalar, isExperimental: true) }
    + ["max_of", "min_of"].map { PromQLFunction($0, [.scalar, .scalar], result: .scalar, isExperimental: true) }
    + [
      PromQLFunction("start_timestamp", [.vector], isExperimental: true),
      PromQLFunction(
        "histogram_quantiles", [.vector, .string, .scalar, .scalar], arity: .lastUpTo(9), isExperimental: true),
    ]

  /// The name of `double_exponential_smoothing` in Prometheus 2, where it was no experiment.
  private static let smoothing = [PromQLFunction("holt_winters", [.matrix, .scalar, .scalar])]

  private static let thanos = ["xdelta", "xincrease", "xrate"].map { PromQLFunction($0, [.matrix]) }
}
