/// Writes metric families in one of the formats.
///
/// Source: Prometheus "Exposition formats", "Text-based format"; OpenMetrics 1.0 "Text format".
package struct ExpositionWriter: ~Copyable {
  private let format: ExpositionFormat
  private var bytes: [UInt8]

  /// - Parameter buffer: memory of an earlier output to write into; its contents are forgotten. Where somebody else
  ///   still reads it, as much is allocated at once.
  package init(_ format: ExpositionFormat, reusing buffer: consuming [UInt8] = []) {
    self.format = format
    buffer.removeAll(keepingCapacity: true)
    bytes = buffer
  }

  /// Writes a family. One without samples leaves no trace.
  package mutating func write(_ family: MetricFamily) {
    guard !family.samples.isEmpty else { return }
    writeHead(family.description)
    for sample in family.samples {
      switch sample.value {
      case .integer(let value): writeLine(family.description.name, sample.labels, String(value))
      case .number(let value): writeLine(family.description.name, sample.labels, NumberText.shortest(value))
      case .histogram(let value): write(value, family.description.name, sample.labels)
      }
    }
  }

  /// Ends the output, and hands it over.
  package consuming func finish() -> [UInt8] {
    if format == .openMetrics { append("# EOF\n") }
    return bytes
  }

  private mutating func writeHead(_ metric: MetricDescription) {
    let name = metric.familyName(in: format)
    append("# HELP \(name) ")
    EscapedText.append(metric.help, to: &bytes, escapingQuotes: format == .openMetrics)
    append("\n# TYPE \(name) \(metric.type.keyword(in: format))\n")
  }

  private mutating func write(_ histogram: HistogramReading, _ name: String, _ labels: MetricLabels) {
    var cumulative = 0
    for (bound, count) in zip(histogram.bounds + [.infinity], histogram.counts) {
      cumulative &+= count
      writeLine(name, suffix: "_bucket", labels, bound: bound, String(cumulative))
    }
    writeLine(name, suffix: "_sum", labels, NumberText.shortest(histogram.sum))
    writeLine(name, suffix: "_count", labels, String(cumulative))
  }

  private mutating func writeLine(
    _ name: String, suffix: String = "", _ labels: MetricLabels, bound: Double? = nil, _ value: String
  ) {
    append(name)
    append(suffix)
    writeLabels(labels, bound)
    append(" ")
    append(value)
    append("\n")
  }

  private mutating func writeLabels(_ labels: MetricLabels, _ bound: Double?) {
    guard bound != nil || !labels.text.isEmpty else { return }
    append("{")
    bytes.append(contentsOf: labels.text)
    if let bound {
      if !labels.text.isEmpty { append(",") }
      append("le=\"\(format == .text ? NumberText.shortest(bound) : NumberText.canonical(bound))\"")
    }
    append("}")
  }

  private mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }
}
