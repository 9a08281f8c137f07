/// Tells the observations of one ``ReadinessSource`` apart.
package struct ReadinessObservation: Hashable, Sendable {
  package let number: Int

  package init(_ number: Int) {
    self.number = number
  }
}
