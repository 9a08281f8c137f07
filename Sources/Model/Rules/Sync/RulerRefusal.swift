/// A group that the ruler has called invalid: as long as it is the same, it is not sent again for a while.
package struct RulerRefusal: Sendable, Equatable {
  /// Of the group that was sent.
  package var hash: ContentHash
  /// What the ruler said, in words.
  package var message: String
  /// When it said so.
  package var since: MonotonicTime

  package init(hash: ContentHash, message: String, since: MonotonicTime) {
    self.hash = hash
    self.message = message
    self.since = since
  }
}
