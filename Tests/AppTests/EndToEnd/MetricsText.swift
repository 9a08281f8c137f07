import Foundation

/// Metrics in the text format, as far as tests look at them.
struct MetricsText {
  private let lines: [Substring]

  init(_ text: String) {
    lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
  }

  /// The value of the series that is written this way: a name and, where it has labels, these.
  func value(of series: String) -> Double? {
    lines.first { $0.hasPrefix(series + " ") }.flatMap { Double($0.dropFirst(series.count + 1)) }
  }

  /// The sum over all series of a name.
  func sum(of name: String) -> Double {
    lines.filter { $0.hasPrefix(name + " ") || $0.hasPrefix(name + "{") }
      .compactMap { line in line.split(separator: " ").last.flatMap { Double($0) } }
      .reduce(0, +)
  }
}
