/// The words that mean something, in any case: `SUM` is `sum`.
///
/// Source: Prometheus `promql/parser/lex.go`, `key`.
enum PromQLKeywords {
  /// No keyword is longer, in bytes.
  private static let longest = 12

  /// The keyword that a word is in a dialect, or `nil`.
  static func kind(of word: Span<UInt8>, in dialect: PromQLDialect) -> PromQLTokenKind? {
    guard 2...longest ~= word.count else { return nil }
    let text = String(repairing: word)
    let table = dialect.isLate ? late : early
    return table[text] ?? (text.utf8.contains { 0x41...0x5A ~= $0 } ? table[text.lowercased()] : nil)
  }

  private static let early: [String: PromQLTokenKind] = [
    "and": .and, "or": .or, "unless": .unless, "atan2": .atan2,
    "sum": .sum, "avg": .avg, "count": .count, "min": .min, "max": .max, "group": .group, "stddev": .stddev,
    "stdvar": .stdvar, "topk": .topk, "bottomk": .bottomk, "count_values": .countValues, "quantile": .quantile,
    "limitk": .limitk, "limit_ratio": .limitRatio,
    "offset": .offset, "smoothed": .smoothed, "anchored": .anchored, "by": .by, "without": .without, "on": .on,
    "ignoring": .ignoring, "group_left": .groupLeft, "group_right": .groupRight, "bool": .bool,
    "start": .start, "end": .end, "step": .step,
    "inf": .number, "nan": .number,
  ]

  private static let late = early.merging(
    [
      "fill": .fill, "fill_left": .fillLeft, "fill_right": .fillRight, "range": .range, "max_of": .maximumOf,
      "min_of": .minimumOf,
    ] as [String: PromQLTokenKind]
  ) { _, new in new }
}
