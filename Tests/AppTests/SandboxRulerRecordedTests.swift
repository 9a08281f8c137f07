import Model
import TestSupport
import Testing

@testable import App

/// The sandbox's rules API answers byte for byte as Cortex was recorded to.
struct SandboxRulerRecordedTests {
  /// A recorded exchange, and those that went before it.
  struct Exchange: CustomTestStringConvertible, Sendable {
    let name: String
    var before: [String] = []

    var testDescription: String { name }
  }

  static let exchanges: [Exchange] = [
    Exchange(name: "rules-bad-tenant-400"),
    Exchange(name: "rules-no-tenant-401"),
    Exchange(name: "rules-get-none-404"),
    Exchange(name: "rules-get-namespace-none-404"),
    Exchange(name: "rules-get-group-none-404"),
    Exchange(name: "rules-post-202"),
    Exchange(name: "rules-post-202", before: ["rules-post-202"]),
    Exchange(name: "rules-get-group-200", before: ["rules-post-202"]),
    Exchange(name: "rules-get-namespace-200", before: ["rules-post-202"]),
    Exchange(name: "rules-get-all-200", before: ["rules-post-namespace-escaped-202", "rules-post-202"]),
    Exchange(
      name: "rules-get-normalised-200",
      before: ["rules-post-limit-query-offset-202", "rules-post-202", "rules-post-no-interval-202"]),
    Exchange(
      name: "ruler-rule-groups-200",
      before: [
        "rules-post-202", "rules-post-no-interval-202", "rules-post-unknown-field-202", "rules-post-duplicate-rule-202",
        "rules-post-namespace-escaped-202", "rules-delete-namespace-202",
      ]),
    Exchange(name: "rules-post-namespace-escaped-202"),
    Exchange(name: "rules-post-no-interval-202"),
    Exchange(name: "rules-post-limit-query-offset-202"),
    Exchange(name: "rules-post-unknown-field-202"),
    Exchange(name: "rules-post-duplicate-rule-202"),
    Exchange(name: "rules-post-bad-expr-400"),
    Exchange(name: "rules-post-bad-label-400"),
    Exchange(name: "rules-post-bad-template-400"),
    Exchange(name: "rules-post-bad-yaml-400"),
    Exchange(name: "rules-post-both-record-alert-400"),
    Exchange(name: "rules-post-for-on-record-400"),
    Exchange(name: "rules-post-neither-400"),
    Exchange(name: "rules-post-no-name-400"),
    Exchange(name: "rules-post-no-rules-400"),
    Exchange(name: "rules-delete-group-202", before: ["rules-post-limit-query-offset-202"]),
    Exchange(
      name: "rules-get-namespace-none-404", before: ["rules-post-limit-query-offset-202", "rules-delete-group-202"]),
    Exchange(name: "rules-delete-group-none-202", before: ["rules-post-202"]),
    Exchange(name: "rules-get-group-200", before: ["rules-post-202", "rules-delete-group-none-202"]),
    Exchange(name: "rules-delete-namespace-202", before: ["rules-post-namespace-escaped-202"]),
    Exchange(name: "rules-get-none-404", before: ["rules-post-namespace-escaped-202", "rules-delete-namespace-202"]),
    Exchange(name: "rules-delete-namespace-none-404", before: ["rules-post-202"]),
    // What is refused leaves what was there.
    Exchange(name: "rules-get-namespace-200", before: ["rules-post-202", "rules-post-bad-expr-400"]),
  ]

  @Test(arguments: exchanges)
  func answersAsRecorded(_ exchange: Exchange) throws {
    let service = SandboxService(compression: LiteralSnappy(), time: SandboxTestTime.clock())
    for name in exchange.before { #expect(try service.replay(name).status < 500) }
    let recording = try RecordedExchange(exchange.name)
    let answer = try service.replay(exchange.name)
    #expect(answer.status == recording.status)
    #expect(answer.fields["Content-Type"] == recording.fields["Content-Type"])
    #expect(answer.fields["X-Content-Type-Options"] == recording.fields["X-Content-Type-Options"])
    #expect(answer.text == recording.text)
  }

  @Test func everyRecordingOfTheRulerIsReplayed() throws {
    let replayed = Set(Self.exchanges.map(\.name))
    let recorded = try RecordedExchange.names().filter { $0.hasPrefix("rule") }
    #expect(recorded.count > 20)
    #expect(Set(recorded).subtracting(replayed).isEmpty)
  }
}

extension SandboxService {
  /// Answers a recorded request.
  fileprivate func replay(_ name: String) throws -> Answer {
    let recording = try RecordedExchange(name)
    return answer(recording.head, body: SharedBytes(recording.requestBody))
  }
}
