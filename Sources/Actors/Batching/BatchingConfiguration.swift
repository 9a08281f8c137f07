/// When requests of a tenant are joined.
package struct BatchingConfiguration: Sendable, Equatable {
  /// How many requests of a tenant may be on their way before further ones wait; at least 1.
  package var requestsBeforeWaiting: Int
  /// The greatest length of a joined request before compression, in bytes. A share of a load that is longer goes by
  /// itself.
  package var lengthLimit: Int
  /// How long a request waits for others to end before it goes all the same.
  package var longestWait: Duration

  package init(requestsBeforeWaiting: Int, lengthLimit: Int = 4 << 20, longestWait: Duration = .seconds(1)) {
    self.requestsBeforeWaiting = requestsBeforeWaiting
    self.lengthLimit = lengthLimit
    self.longestWait = longestWait
  }
}
