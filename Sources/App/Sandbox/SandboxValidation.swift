/// What Cortex' distributor checks of a series before it goes on to be stored. One fault and nothing
/// of the series is taken.
///
/// Source: Cortex `pkg/util/validation`.
struct SandboxValidation: Sendable {
  let limits: SandboxLimits
  /// The newest timestamp that is taken, in milliseconds since 1970.
  let newestTimestamp: Int64

  /// - Parameter secondsSince1970: now.
  init(limits: SandboxLimits, secondsSince1970: Double) {
    self.limits = limits
    newestTimestamp = Int64((secondsSince1970 * 1000).rounded(.down)) + SandboxLimits.creationGracePeriod
  }

  /// The series with its labels sorted and those of no value left out.
  ///
  /// - Throws: the first fault.
  func checked(_ series: SandboxTimeSeries) throws(SandboxRefusal) -> SandboxTimeSeries {
    var series = series
    series.labels.removeAll { $0.value.isEmpty }
    series.labels.sort()
    try checkLabels(of: series)
    for sample in series.samples { try checkTime(of: sample, in: series) }
    for exemplar in series.exemplars { try check(exemplar, of: series) }
    for histogram in series.histograms { try checkTime(of: histogram, in: series) }
    return series
  }

  private func checkLabels(of series: SandboxTimeSeries) throws(SandboxRefusal) {
    let labels = series.labels
    guard series.name != nil else { throw .invalid("sample missing metric name") }
    guard labels.count <= limits.maximumLabelsPerSeries else {
      throw .invalid(
        "series has too many labels (actual: \(labels.count), limit: \(limits.maximumLabelsPerSeries)) "
          + "series: '\(GoText.metric(labels))'")
    }
    var last: String?
    for label in labels {
      try checkLengths(of: label, in: labels)
      if let last, last.utf8.elementsEqual(label.name.utf8) {
        throw .invalid("duplicate label name: \(short(label.name)) metric \(short(GoText.metric(labels)))")
      }
      last = label.name
    }
  }

  private func checkLengths(of label: SandboxLabel, in labels: [SandboxLabel]) throws(SandboxRefusal) {
    guard label.name.utf8.count <= limits.maximumLabelNameLength else {
      throw .invalid("label name too long: \(short(label.name)) metric \(short(GoText.metric(labels)))")
    }
    guard label.value.utf8.count <= limits.maximumLabelValueLength else {
      throw .invalid(
        "label value too long for metric: \(short(GoText.metric(labels))) label value: \(short(label.value))")
    }
  }

  private func checkTime(of sample: SandboxSample, in series: SandboxTimeSeries) throws(SandboxRefusal) {
    guard sample.timestamp <= newestTimestamp else {
      throw .invalid("timestamp too new: \(sample.timestamp) metric: \(short(series.name ?? ""))")
    }
  }

  private func check(_ exemplar: SandboxExemplar, of series: SandboxTimeSeries) throws(SandboxRefusal) {
    let place = "series: \(GoText.labels(series.labels)) labels: \(GoText.labels(exemplar.labels))"
    guard !exemplar.labels.isEmpty else {
      throw .invalid("exemplar missing labels, timestamp: \(exemplar.timestamp) \(place)")
    }
    guard exemplar.timestamp != 0 else {
      throw .invalid("exemplar missing timestamp, timestamp: 0 \(place)")
    }
    let length = exemplar.labels.reduce(0) { $0 + $1.name.unicodeScalars.count + $1.value.unicodeScalars.count }
    guard length <= SandboxLimits.maximumExemplarLength else {
      throw .invalid("exemplar combined labelset too long, timestamp: \(exemplar.timestamp) \(place)")
    }
  }

  /// The beginning of a text, in quotes.
  private func short(_ text: String) -> String {
    GoText.quoted(text, limit: 200)
  }
}
