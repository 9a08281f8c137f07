/// Which series of two vectors belong together.
package struct PromQLMatching: Sendable, Equatable {
  /// On which side several series may belong to one of the other.
  package enum Group: String, Sendable {
    case left, right
  }

  /// Whether ``labels`` are those that count, by `on`; else they are those that do not, by `ignoring`.
  package var isOn = false
  package var labels: [PromQLString] = []
  package var group: Group?
  /// The labels taken over from the other side.
  package var include: [PromQLString] = []
  /// The value of a series that is missing on the left.
  package var fillLeft: Double?
  /// The value of a series that is missing on the right.
  package var fillRight: Double?
}
