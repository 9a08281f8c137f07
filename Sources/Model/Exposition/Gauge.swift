import Synchronization

/// A level in whole numbers. Any thread may change it at any time; none waits for another.
package final class Gauge: MetricInstrument {
  package let metric: MetricDescription
  private let level = Atomic(0)

  package convenience init(_ name: String, help: String) {
    self.init(MetricDescription(name: name, help: help, type: .gauge))
  }

  init(_ metric: MetricDescription) {
    self.metric = metric
  }

  /// Puts the level at `value`.
  package func set(_ value: Int) {
    level.store(value, ordering: .relaxed)
  }

  /// Raises the level.
  package func increment(by amount: Int = 1) {
    level.wrappingAdd(amount, ordering: .relaxed)
  }

  /// Lowers the level.
  package func decrement(by amount: Int = 1) {
    level.wrappingSubtract(amount, ordering: .relaxed)
  }

  /// The level.
  package var value: Int { level.load(ordering: .relaxed) }

  package var reading: MetricValue { .integer(value) }
}
