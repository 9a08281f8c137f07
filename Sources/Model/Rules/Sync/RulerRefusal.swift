/// A group that the ruler has called invalid: it is not sent again as long as it is the same.
package struct RulerRefusal: Sendable, Equatable {
  /// Of the group that was sent.
  package var hash: ContentHash
  /// What the ruler said, in words.
  package var message: String

  package init(hash: ContentHash, message: String) {
    self.hash = hash
    self.message = message
  }
}
