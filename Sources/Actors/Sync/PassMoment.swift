import Model

/// Now, for a pass.
struct PassMoment: Sendable {
  /// For deadlines.
  let time: MonotonicTime
  /// In seconds since 1970, for what is recorded.
  let seconds: Int64

  init(time: MonotonicTime, seconds: Int64) {
    self.time = time
    self.seconds = seconds
  }

  init(_ source: any TimeSource) {
    self.init(time: source.now, seconds: Int64(source.secondsSince1970))
  }
}
