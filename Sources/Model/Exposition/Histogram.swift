import Synchronization

/// Counts observations by size. Any thread may observe at any time; none waits for another.
package final class Histogram: MetricInstrument {
  package let metric: MetricDescription
  private let bounds: [Double]
  private let buckets: [Bucket]
  /// The bit pattern of a `Double`: there are no atomic sums of those.
  private let sum = Atomic(Double(0).bitPattern)

  /// - Parameter bounds: the upper bounds of the buckets, inclusive. One for the rest is added.
  /// - Precondition: the bounds are finite and ascend.
  package convenience init(_ name: String, help: String, bounds: [Double]) {
    self.init(MetricDescription(name: name, help: help, type: .histogram), bounds: bounds)
  }

  init(_ metric: MetricDescription, bounds: [Double]) {
    precondition(bounds.allSatisfy(\.isFinite), "infinity is always a bound")
    precondition(zip(bounds, bounds.dropFirst()).allSatisfy(<), "the bounds ascend")
    self.metric = metric
    self.bounds = bounds
    buckets = (0...bounds.count).map { _ in Bucket() }
  }

  /// Counts a value, in the unit that the name says.
  package func observe(_ value: Double) {
    let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
    buckets[bucket].count.wrappingAdd(1, ordering: .relaxed)
    add(value)
  }

  private func add(_ value: Double) {
    var current = sum.load(ordering: .relaxed)
    while true {
      let desired = (Double(bitPattern: current) + value).bitPattern
      let (exchanged, original) = sum.weakCompareExchange(expected: current, desired: desired, ordering: .relaxed)
      if exchanged { return }
      current = original
    }
  }

  /// What was observed so far. The sum may be ahead of the counts, or behind them, by what is being observed now.
  package var value: HistogramReading {
    HistogramReading(
      bounds: bounds,
      counts: buckets.map { $0.count.load(ordering: .relaxed) },
      sum: Double(bitPattern: sum.load(ordering: .relaxed)))
  }

  package var reading: MetricValue { .histogram(value) }
}
