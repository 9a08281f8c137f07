import Model
import Testing

@Suite struct KubernetesFailureTests {
  /// A wait as long as the clock can count would end the program instead of the wait.
  @Test(arguments: [(5, 5), (0, 0), (-7, 0), (300, 300), (301, 300), (Int.max, 300), (Int.min, 0)])
  func waitsAreBounded(asked: Int, seconds: Int) {
    let failure = KubernetesFailure(.throttled, "slow down", retryAfter: .seconds(asked))
    #expect(failure.retryAfter == .seconds(seconds))
    let now = MonotonicTime(nanoseconds: 0)
    let reflector = SteppedReflector(resync: nil)
    #expect(
      reflector.listed(.failure(failure), now: now, random: 0)
        == .wait(until: now + max(.seconds(seconds), .milliseconds(800))))
  }

  @Test func messagesAreBounded() {
    #expect(KubernetesFailure(.server, String(repeating: "x", count: 5000)).message.count == 1024)
  }

  @Test(
    arguments: [
      (500, "etcdserver: request is too large", KubernetesFailure.Kind.invalid),
      (
        500, "rpc error: code = ResourceExhausted desc = trying to send message larger than max (3 vs. 2)",
        .invalid
      ),
      (
        500,
        "failed to create typed patch object (a/b; open-metrics.vgs.io/v1, Kind=OpenMetricsRule): .status.sync: "
          + "field not declared in schema", .invalid
      ),
      (500, "etcdserver: leader changed", .server), (413, "limit is 3145728", .invalid), (504, "", .server),
    ])
  func whatCannotBeTakenIsNotTheServersFailure(code: Int, message: String, kind: KubernetesFailure.Kind) {
    #expect(KubernetesStatus(code: code, reason: "InternalError", message: message).kind == kind)
  }
}
