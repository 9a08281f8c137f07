/// How long a tenant waits after passes that failed.
package struct PassBackoff: Sendable {
  /// The longest wait after the first failure; each further one may take twice as long.
  package var initial: Duration
  /// What a wait never exceeds, unless somebody has asked for more.
  package var maximum: Duration

  package init(initial: Duration = .seconds(1), maximum: Duration = .seconds(300)) {
    self.initial = initial
    self.maximum = maximum
  }

  /// Between half and all of the exponential step.
  ///
  /// - Parameters:
  ///   - failures: how many there were in a row, at least 1.
  ///   - random: a number in 0 ..< 1 that spreads the waits.
  func delay(failures: Int, random: Double) -> Duration {
    let step = min(initial * (1 << min(failures - 1, 20)), maximum)
    return step / 2 + step / 2 * random
  }
}
