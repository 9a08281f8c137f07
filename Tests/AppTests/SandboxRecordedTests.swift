import Foundation
import Model
import TestSupport
import Testing

@testable import App

/// The sandbox answers as Cortex was recorded to.
struct SandboxRecordedTests {
  /// A recorded push, for which the body is made again: the recordings do not hold it.
  struct Push: CustomTestStringConvertible, Sendable {
    let name: String
    var before: [SandboxPushBody] = []
    var body = SandboxPushBody()
    /// The body as it stands on the wire, where it is no block of `body`.
    var raw: [UInt8]?
    var rate: SandboxIngestionRate?

    var testDescription: String { name }
  }

  static let now = SandboxTestTime.recorded
  static let first = SandboxPushBody.series([("__name__", "m"), ("a", "1")], [(now, 1)])
  static let illegalTag: SandboxPushBody = {
    var body = SandboxPushBody()
    body.append(29_796_335_615)
    return body
  }()

  static let pushes: [Push] = [
    Push(name: "push-200", body: first),
    Push(name: "push-same-sample-200", before: [first], body: first),
    Push(name: "push-new-series-200", before: [first], body: .series([("__name__", "m"), ("a", "2")], [(now, 1)])),
    Push(name: "push-unsorted-labels-200", body: .series([("z", "1"), ("__name__", "m2"), ("a", "1")], [(now, 1)])),
    Push(name: "push-metadata-only-200", body: SandboxPushBody().addingMetadata("m")),
    Push(name: "push-empty-200"),
    Push(name: "push-bad-proto-400", body: illegalTag),
    Push(name: "push-bad-snappy-400", raw: [0x05, 0x00]),
    Push(name: "push-bad-snappy-400", raw: []),
    Push(name: "push-bad-tenant-500", body: first),
    Push(name: "push-bad-tenant-slash-500", body: first),
    Push(name: "push-no-tenant-401", body: first),
    Push(
      name: "push-duplicate-timestamp-400", before: [first],
      body: .series([("__name__", "m"), ("a", "1")], [(now, 2)])),
    Push(
      name: "push-out-of-order-400", before: [first],
      body: .series([("__name__", "m"), ("a", "1")], [(now - 60_000, 1)])),
    Push(
      name: "push-partial-400", before: [first],
      body: .series([("__name__", "m"), ("a", "1")], [(now - 1, 1)]).adding([("__name__", "m3")], [(now, 1)])),
    Push(name: "push-future-400", body: .series([("__name__", "m4")], [(now + 86_400_000, 1)])),
    Push(name: "push-no-name-400", body: .series([("a", "1")], [(now, 1)])),
    Push(name: "push-gzip-encoding-415", body: first),
    Push(name: "push-unknown-media-415", body: first),
    Push(
      name: "push-rate-limited-429",
      body: .series([("__name__", "m")], (0..<2000).map { (now + $0, 1) }),
      rate: SandboxIngestionRate(perSecond: 100, burst: 100)),
  ]

  @Test(arguments: pushes)
  func answersAPushAsRecorded(_ push: Push) throws {
    let recording = try RecordedExchange(push.name)
    var limits = SandboxLimits()
    limits.ingestionRate = push.rate
    let service = SandboxService(compression: LiteralSnappy(), time: SandboxTestTime.clock(), limits: limits)
    for body in push.before { #expect(service.push(body).status == 200) }

    let answer = service.answer(recording.head, body: push.raw.map { SharedBytes($0) } ?? push.body.block)

    #expect(answer.status == recording.status)
    #expect(answer.fields["Content-Type"] == recording.fields["Content-Type"])
    #expect(answer.fields["X-Content-Type-Options"] == recording.fields["X-Content-Type-Options"])
    #expect(answer.text == recording.textWithoutAddress)
  }

  @Test func storesTheValidPartOfARequest() throws {
    let push = try #require(Self.pushes.first { $0.name == "push-partial-400" })
    let service = SandboxService(compression: LiteralSnappy(), time: SandboxTestTime.clock())
    for body in push.before + [push.body] { _ = service.push(body) }
    #expect(try service.series(of: "acme").map { $0.labels["__name__"] } == ["m", "m3"])
  }

  @Test func answersAllUserStatsInJSON() throws {
    let recording = try RecordedExchange("all-user-stats-json-200")
    let service = SandboxService(compression: LiteralSnappy(), time: SandboxTestTime.clock())
    var body = SandboxPushBody()
    for number in 0..<2000 { body = body.adding([("__name__", "m"), ("n", "\(number)")], [(Self.now, 1)]) }
    _ = service.push(body, tenant: "tnt1")

    let answer = service.answer(recording.head, body: SharedBytes([]))
    var expected = try objects(recording.body)
    var actual = try objects(answer.body)
    for key in ["ingestionRate", "APIIngestionRate"] {
      expected[0][key] = nil
      #expect(actual[0].removeValue(forKey: key) as? Double == 2000.0 / 15)
    }
    #expect(answer.status == recording.status)
    #expect(answer.fields["Content-Type"] == recording.fields["Content-Type"])
    #expect(actual as NSArray == expected as NSArray)
  }

  @Test func answersAllUserStatsAsAPage() throws {
    let recording = try RecordedExchange("all-user-stats-html-200")
    let service = SandboxService(compression: LiteralSnappy(), time: SandboxTestTime.clock())
    _ = service.push(Self.first, tenant: "tnt1")
    let answer = service.answer(recording.head, body: SharedBytes([]))
    #expect(answer.status == recording.status)
    #expect(answer.fields["Content-Type"] == recording.fields["Content-Type"])
    for text in ["<title>Cortex Ingester Stats</title>", "<td>tnt1</td>"] {
      #expect(recording.text.contains(text) && answer.text.contains(text))
    }
  }

  private func objects(_ json: [UInt8]) throws -> [[String: Any]] {
    try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [[String: Any]])
  }
}

extension RecordedExchange {
  /// The body without what Cortex' distributor says of the ingester that it asked.
  fileprivate var textWithoutAddress: String {
    text.range(of: " desc = ").map { String(text[$0.upperBound...]) } ?? text
  }
}
