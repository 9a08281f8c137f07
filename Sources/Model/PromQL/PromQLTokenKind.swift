/// The kinds of words that PromQL is made of.
enum PromQLTokenKind: UInt8 {
  case endOfInput
  /// What cannot be read. It has been reported, and nothing comes after it.
  case error

  case identifier, metricIdentifier, number, duration, string

  case leftParenthesis, rightParenthesis, leftBrace, rightBrace, leftBracket, rightBracket, comma, colon, equals

  case add, subtract, multiply, divide, modulo, power, atan2
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  case and, or, unless
  case matches, matchesNot
  case at
  case trimUpper, trimLower

  case avg, bottomk, count, countValues, group, max, min, quantile, stddev, stdvar, sum, topk, limitk, limitRatio

  case bool, by, groupLeft, groupRight, ignoring, offset, on, without, smoothed, anchored, fill, fillLeft, fillRight

  case start, end, step, range, maximumOf, minimumOf
}

extension PromQLTokenKind {
  /// How messages show it.
  enum Style {
    /// `<op:+>`
    case `operator`
    /// `<aggr:sum>`
    case aggregation
    /// `<by>`
    case keyword
    /// `"("`
    case quoted
    /// `identifier "up"`
    case named(String)
  }

  var style: Style {
    switch self {
    case .endOfInput, .error: .quoted
    case .identifier: .named("identifier")
    case .metricIdentifier: .named("metric identifier")
    case .number: .named("number")
    case .duration: .named("duration")
    case .string: .named("string")
    case .leftParenthesis, .rightParenthesis, .leftBrace, .rightBrace, .leftBracket, .rightBracket, .comma, .colon,
      .equals, .start, .end, .step, .range, .maximumOf, .minimumOf:
      .quoted
    case .add, .subtract, .multiply, .divide, .modulo, .power, .atan2, .equal, .notEqual, .less, .lessOrEqual,
      .greater, .greaterOrEqual, .and, .or, .unless, .matches, .matchesNot, .at, .trimUpper, .trimLower:
      .operator
    case .avg, .bottomk, .count, .countValues, .group, .max, .min, .quantile, .stddev, .stdvar, .sum, .topk, .limitk,
      .limitRatio:
      .aggregation
    case .bool, .by, .groupLeft, .groupRight, .ignoring, .offset, .on, .without, .smoothed, .anchored, .fill,
      .fillLeft, .fillRight:
      .keyword
    }
  }

  /// Whether it names a metric where an expression may start.
  var isMetricName: Bool {
    switch self {
    case .identifier, .metricIdentifier, .and, .or, .unless, .by, .without, .offset, .smoothed, .anchored, .fill,
      .fillLeft, .fillRight, .start, .end, .step, .range, .maximumOf, .minimumOf:
      true
    default: PromQLAggregationOperator(self) != nil
    }
  }

  /// Whether it names a label between the parentheses of `by` and its kin.
  var isLabelName: Bool {
    switch self {
    case .bool, .groupLeft, .groupRight, .ignoring, .on, .atan2: true
    case .without: false
    default: isMetricName
    }
  }

  /// Whether an expression may start with it.
  var startsExpression: Bool {
    switch self {
    case .number, .duration, .string, .leftParenthesis, .leftBrace, .add, .subtract: true
    default: isMetricName
    }
  }
}
