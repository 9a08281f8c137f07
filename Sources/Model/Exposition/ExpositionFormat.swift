/// The formats in which metrics can be exposed.
package enum ExpositionFormat: Sendable, Hashable, CaseIterable {
  /// Prometheus' text format, version 0.0.4.
  case text
  /// OpenMetrics 1.0.
  case openMetrics

  /// The `Content-Type` of such an answer.
  package var contentType: String {
    switch self {
    case .text: "text/plain; version=0.0.4; charset=utf-8"
    case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
    }
  }

  /// The format that a request asks for.
  ///
  /// Each format counts as much as the most specific range that covers it. OpenMetrics is for those who name it: where
  /// both count the same by wildcards, and where nothing fits, the answer is text, which everybody reads. Versions of
  /// OpenMetrics before 1.0 are not offered.
  ///
  /// - Parameter accept: the value of the field `Accept`; of several such fields, their values with commas between
  ///   them. `nil` where there is none.
  package init(accept: String?) {
    let ranges = (accept ?? "").split(separator: ",").map { AcceptRange($0) }
    let openMetrics = Self.best(ranges, "application", "openmetrics-text", versions: ["1.0.0"])
    let text = Self.best(ranges, "text", "plain", versions: ["0.0.4"])
    let isNamed = openMetrics.specificity >= AcceptRange.namedSpecificity
    let isPreferred = openMetrics.quality > text.quality || (openMetrics.quality == text.quality && isNamed)
    self = isPreferred && openMetrics.quality > 0 ? .openMetrics : .text
  }

  /// How much a format counts, and how specific the range is that says so.
  private static func best(
    _ ranges: [AcceptRange], _ type: String, _ subtype: String, versions: [String]
  ) -> (specificity: Int, quality: Double) {
    ranges.reduce((0, 0)) { best, range in
      guard let specificity = range.specificity(for: type, subtype, versions: versions) else { return best }
      let found = (specificity, range.quality)
      return found > best ? found : best
    }
  }
}
