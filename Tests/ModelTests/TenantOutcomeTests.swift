import Model
import Testing

@Suite struct TenantOutcomeTests {
  @Test(
    arguments: [
      (100, .unavailable), (101, .unavailable), (199, .unavailable),
      (200, .delivered), (202, .delivered), (204, .delivered), (299, .delivered),
      (301, .unavailable), (304, .unavailable), (307, .unavailable), (399, .unavailable),
      (400, .refused), (401, .refused), (403, .refused), (404, .refused), (413, .refused), (422, .refused),
      (499, .refused), (408, .unavailable), (429, .rateLimited),
      (500, .unavailable), (502, .unavailable), (503, .unavailable), (529, .unavailable), (599, .unavailable),
      (0, .unavailable), (600, .unavailable),
    ] as [(Int, TenantOutcome.Severity)])
  func aStatusHasASeverity(status: Int, severity: TenantOutcome.Severity) {
    #expect(Outcomes.labelled(status).severity == severity)
    #expect(Outcomes.byDefault(status).severity == severity)
  }

  @Test(arguments: [.timeout, .network("reset"), .cancelled] as [UpstreamFailure])
  func whatWasNotAnsweredIsUnavailable(failure: UpstreamFailure) {
    let outcome = Outcomes.failed(failure)
    #expect(outcome.severity == .unavailable)
    #expect(outcome.retryAfter == nil)
    #expect(outcome.line == "tenant=acme error=\(failure)")
  }

  @Test func severitiesAreInOrder() {
    let severities: [TenantOutcome.Severity] = [.delivered, .refused, .unavailable, .rateLimited]
    #expect(severities.sorted() == [.unavailable, .rateLimited, .refused, .delivered])
  }

  @Test(arguments: [("", ""), ("why", " why"), ("\n\n", ""), ("why\r\nand more", " why"), ("\nlater", " later")])
  func aLineHasTheFirstLineOfTheMessage(message: String, end: String) {
    #expect(Outcomes.labelled(400, message: message).line == "tenant=acme status=400" + end)
  }

  @Test func theWaitIsTheUpstreams() {
    #expect(Outcomes.labelled(429, retryAfter: .seconds(4)).retryAfter == .seconds(4))
    #expect(Outcomes.labelled(429).retryAfter == nil)
  }
}
