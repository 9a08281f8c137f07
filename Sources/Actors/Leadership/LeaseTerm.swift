package import Model

/// The right to write, for a time.
package struct LeaseTerm: Sendable, Equatable {
  /// How often the lease had changed hands when this term began.
  package var transitions: Int
  /// When no further write is begun, unless the lease is renewed before.
  package var end: MonotonicTime
  /// Before this, nobody else leads: what has been begun has to be over.
  package var lapse: MonotonicTime

  package init(transitions: Int, end: MonotonicTime, lapse: MonotonicTime) {
    self.transitions = transitions
    self.end = end
    self.lapse = lapse
  }

  /// That of an informer which asks nobody.
  package static let unlimited = LeaseTerm(
    transitions: 0, end: MonotonicTime(nanoseconds: .max), lapse: MonotonicTime(nanoseconds: .max))
}
