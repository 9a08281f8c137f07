/// Who of several informers works, and until when nobody else may. As `coordination.k8s.io/v1` has it.
package struct Lease: Sendable, Equatable {
  /// The longest duration. What is read may be damaged: nobody waits for longer than that.
  private static let maximumDuration = Duration.seconds(86400)

  /// Empty where nobody holds it.
  package var holder: String
  /// How long the holder may be silent.
  package var duration: Duration
  /// When it was acquired and last renewed, in seconds since 1970.
  package var acquired: Double
  package var renewed: Double
  /// How often it went from one holder to another.
  package var transitions: Int
  /// The state in the store; `nil` for one that is to be created.
  package var version: String?

  package init(
    holder: String, duration: Duration, acquired: Double, renewed: Double, transitions: Int, version: String?
  ) {
    self.holder = holder
    self.duration = min(duration, Self.maximumDuration)
    self.acquired = acquired
    self.renewed = renewed
    self.transitions = transitions
    self.version = version
  }
}
