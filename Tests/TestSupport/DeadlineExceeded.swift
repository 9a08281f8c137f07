/// What a test waited for did not happen in time.
package struct DeadlineExceeded: Error, CustomStringConvertible {
  package let what: String
  package let limit: Duration
  /// How things stood when the time was over.
  package let state: String

  package init(what: String, limit: Duration, state: String) {
    self.what = what
    self.limit = limit
    self.state = state
  }

  package var description: String {
    "waited \(limit) for \(what); so far: \(state.prefix(4000))"
  }
}
