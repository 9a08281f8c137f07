import Model

/// Shows what another collector has only while this process leads: what it knows of the rules is old after that.
struct WhileLeading: MetricCollector {
  let collector: any MetricCollector
  let leadership: LeadershipCell

  func collect() -> [MetricFamily] {
    let families = collector.collect()
    guard leadership.term == nil else { return families }
    return families.map { MetricFamily($0.description, samples: []) }
  }
}
