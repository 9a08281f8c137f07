/// What is true of a pass as a whole.
package struct SyncPass: Sendable, Equatable {
  /// In seconds since 1970.
  package var now: Int64
  /// Whether this is not the first pass since the start, or since leadership was won: in the first one nothing is
  /// removed.
  package var mayRemove: Bool

  package init(now: Int64, mayRemove: Bool) {
    self.now = now
    self.mayRemove = mayRemove
  }
}
