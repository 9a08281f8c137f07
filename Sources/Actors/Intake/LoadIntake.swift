package import Model

/// Takes the loads of remote write, on any path.
package struct LoadIntake: Intake {
  private let loads: Mailbox<Load>
  private let lanes: LoadLanes
  private let readiness: Readiness
  private let metrics: ProxyMetrics

  /// - Parameters:
  ///   - loads: where loads are handed in.
  ///   - lanes: the ways to the same pool that are shorter.
  package init(loads: Mailbox<Load>, lanes: LoadLanes, readiness: Readiness, metrics: ProxyMetrics) {
    self.loads = loads
    self.lanes = lanes
    self.readiness = readiness
    self.metrics = metrics
  }

  package func takes(_ path: Substring) -> Bool { true }

  package func refusal(of head: RequestHead) -> Answer? {
    do {
      try RemoteWriteHeaders.check(head.fields)
    } catch {
      return .text(415, error.description)
    }
    return readiness.isDraining ? Answer(.unavailable("shutting down")) : nil
  }

  package func take(_ submission: Submission) -> Bool {
    metrics.receivedBytes.increment(by: submission.body.count)
    return lanes.offer(
      Load(
        id: submission.id, body: submission.body, encoding: submission.head.bodyEncoding,
        retryAttempt: Self.retryAttempt(submission.head), received: submission.received,
        reservation: submission.reservation, origin: submission.origin), to: loads)
  }

  package func answered(_ status: Int) {
    metrics.countLoad(answeredWith: status)
  }

  package func finished(after duration: Duration) {
    metrics.processingMilliseconds.observe(duration.inSeconds * 1000)
  }

  /// The sender's count of its tries, which goes on upstream: only what is a number.
  private static func retryAttempt(_ head: RequestHead) -> String? {
    guard let attempt = head.fields["Retry-Attempt"], attempt.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    return UInt32(attempt) == nil ? nil : attempt
  }
}
