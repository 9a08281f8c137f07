package import Model

/// The right to write, for a time.
package struct LeaseTerm: Sendable, Equatable {
  /// How often the lease had changed hands when this term began: a later leader's is greater.
  package var transitions: Int
  /// When the right ends, unless it is renewed before.
  package var end: MonotonicTime

  package init(transitions: Int, end: MonotonicTime) {
    self.transitions = transitions
    self.end = end
  }
}
