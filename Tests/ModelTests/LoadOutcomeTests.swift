import Model
import Testing

@Suite struct LoadOutcomeTests {
  /// The rows of the contract's table from top to bottom, and what happens where several apply.
  @Test(
    arguments: [
      // A tenant's request failed by network, timeout or 5xx.
      ([Outcomes.failed(.network("refused"))], 503, 1),
      ([Outcomes.failed(.timeout)], 503, 1),
      ([Outcomes.failed(.cancelled)], 503, 1),
      ([Outcomes.labelled(500)], 503, 1),
      ([Outcomes.labelled(200), Outcomes.labelled(503)], 503, 1),
      ([Outcomes.byDefault(200), Outcomes.labelled(503, retryAfter: .seconds(7))], 503, 7),
      ([Outcomes.labelled(503, retryAfter: .seconds(7)), Outcomes.labelled(500, retryAfter: .seconds(9))], 503, 9),
      ([Outcomes.labelled(503, retryAfter: .seconds(2)), Outcomes.byDefault(429, retryAfter: .seconds(60))], 503, 2),
      ([Outcomes.byDefault(429, retryAfter: .seconds(60)), Outcomes.failed(.timeout)], 503, 1),
      ([Outcomes.labelled(400), Outcomes.labelled(429), Outcomes.labelled(502)], 503, 1),
      // 429 for a default tenant, or for every tenant.
      ([Outcomes.byDefault(429)], 429, nil),
      ([Outcomes.byDefault(429), Outcomes.labelled(200)], 429, nil),
      ([Outcomes.byDefault(429, retryAfter: .seconds(3)), Outcomes.labelled(400)], 429, 3),
      ([Outcomes.labelled(429)], 429, nil),
      ([Outcomes.labelled(429, retryAfter: .seconds(3)), Outcomes.labelled(429, retryAfter: .seconds(5))], 429, 5),
      ([Outcomes.labelled(429, retryAfter: .seconds(3)), Outcomes.byDefault(429)], 429, 3),
      // Nobody took anything, and one of them might later.
      ([Outcomes.labelled(400), Outcomes.labelled(429, retryAfter: .seconds(3))], 429, 3),
      ([Outcomes.byDefault(400), Outcomes.labelled(429)], 429, nil),
      // 429 for a tenant chosen by a label only.
      ([Outcomes.labelled(429), Outcomes.labelled(200)], 200, nil),
      ([Outcomes.labelled(429, retryAfter: .seconds(3)), Outcomes.byDefault(200)], 200, nil),
      // Other 4xx for every tenant.
      ([Outcomes.labelled(400)], 400, nil),
      ([Outcomes.byDefault(413), Outcomes.labelled(422)], 400, nil),
      // Other 4xx for some.
      ([Outcomes.byDefault(400), Outcomes.labelled(200)], 200, nil),
      ([Outcomes.byDefault(200), Outcomes.labelled(400)], 200, nil),
      // All well, or nothing to send.
      ([Outcomes.labelled(200), Outcomes.byDefault(204)], 200, nil),
      ([], 200, nil),
    ] as [([TenantOutcome], Int, Int?)])
  func theWorstThatCountsIsTold(tenants: [TenantOutcome], status: Int, retryAfter: Int?) {
    for tenants in [tenants, tenants.reversed()] {
      let answer = LoadOutcome(tenants: tenants).answer
      #expect(answer.status == status)
      #expect(answer.retryAfter == retryAfter)
      #expect(answer.message.isEmpty == (status == 200))
    }
  }

  @Test(
    arguments: [
      (.zero, 0), (.nanoseconds(1), 1), (.milliseconds(999), 1), (.seconds(1), 1), (.milliseconds(1001), 2),
      (.seconds(3600), 3600), (.seconds(86400), 86400), (.seconds(Int.max), 86400), (.seconds(-1), 0),
    ] as [(Duration, Int)])
  func aWaitIsRoundedUpToSeconds(wait: Duration, seconds: Int) {
    #expect(LoadOutcome(tenants: [Outcomes.labelled(503, retryAfter: wait)]).answer.retryAfter == seconds)
    #expect(LoadOutcome(tenants: [Outcomes.labelled(429, retryAfter: wait)]).answer.retryAfter == seconds)
  }

  // MARK: The message

  @Test func theMessageHasALineATenantTheWorstFirst() {
    let outcome = LoadOutcome(tenants: [
      Outcomes.labelled(400, message: "out of order", tenant: "d"),
      Outcomes.labelled(200, tenant: "fine"),
      Outcomes.labelled(429, tenant: "c"),
      Outcomes.labelled(503, message: "first line\nsecond line", tenant: "a"),
      Outcomes.failed(.network("connection refused"), tenant: "b"),
      Outcomes.labelled(429, message: "\r\ntoo many", tenant: "e"),
    ])
    #expect(
      outcome.answer.message == """
        tenant=a status=503 first line
        tenant=b error=connection refused
        tenant=c status=429
        tenant=e status=429 too many
        tenant=d status=400 out of order
        """)
  }

  /// Lines of 64 bytes with their newline: sixteen of them fit to the byte.
  @Test(arguments: [(15, 15), (16, 16), (17, 16), (1000, 16)])
  func onlyWholeLinesAreTold(tenants: Int, lines: Int) {
    let line = 63 - "tenant=acme status=500 ".utf8.count
    let outcome = Outcomes.labelled(500, message: String(repeating: "x", count: line))
    let message = LoadOutcome(tenants: Array(repeating: outcome, count: tenants)).answer.message
    #expect(message.utf8.count == 64 * lines - 1)
    #expect(Set(message.split(separator: "\n")) == [outcome.line[...]])
  }

  @Test func aLineThatDoesNotFitEndsTheMessage() {
    let outcomes = [900, 200, 10].map { Outcomes.labelled(500, message: String(repeating: "x", count: $0)) }
    #expect(LoadOutcome(tenants: outcomes).answer.message == outcomes[0].line)
  }

  /// With the newline that follows there are at most 1024 bytes, whatever is cut through.
  @Test(arguments: ["x", "ä", "€", "🙂", "e\u{301}"], 0..<5)
  func aFirstLineIsCutBetweenCharacters(character: String, shift: Int) {
    let text = String(repeating: "-", count: shift) + String(repeating: character, count: 1024)
    let outcome = Outcomes.labelled(500, message: text)
    let message = LoadOutcome(tenants: [outcome, outcome]).answer.message
    #expect(message.utf8.count <= LoadAnswer.maximumMessageLength - 1)
    #expect(message.utf8.count > LoadAnswer.maximumMessageLength - 1 - character.utf8.count)
    #expect(outcome.line.unicodeScalars.starts(with: message.unicodeScalars))
  }
}
