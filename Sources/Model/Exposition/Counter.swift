import Synchronization

/// Counts, from zero upwards. Any thread may count at any time; none waits for another.
package final class Counter: MetricInstrument {
  package let metric: MetricDescription
  private let total = Atomic(0)

  package convenience init(_ name: String, help: String, naming: CounterNaming = .standard) {
    self.init(MetricDescription(name: name, help: help, type: naming.type))
  }

  init(_ metric: MetricDescription) {
    self.metric = metric
  }

  /// Counts `amount` more, which is not negative.
  package func increment(by amount: Int = 1) {
    assert(amount >= 0, "a counter never goes back")
    total.wrappingAdd(amount, ordering: .relaxed)
  }

  /// How many were counted so far.
  package var value: Int { total.load(ordering: .relaxed) }

  package var reading: MetricValue { .integer(value) }
}
