import Model
import TestSupport
import Testing

@testable import App

/// What is taken and what is refused of a push.
struct SandboxRulesTests {
  struct Refused: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let body: SandboxPushBody
    let text: String
  }

  static let now = SandboxTestTime.recorded
  static let long = String(repeating: "x", count: 3000)
  static let shown = String(repeating: "x", count: 200)

  static let refused: [Refused] = [
    Refused(
      testDescription: "a label twice", body: .series([("a", "2"), ("__name__", "m"), ("a", "1")], [(now, 1)]),
      text: #"duplicate label name: "a" metric "m{a=\"1\", a=\"2\"}""#),
    Refused(
      testDescription: "an empty name", body: .series([("__name__", ""), ("a", "1")], [(now, 1)]),
      text: "sample missing metric name"),
    Refused(testDescription: "no labels", body: .series([], [(now, 1)]), text: "sample missing metric name"),
    Refused(
      testDescription: "too many labels",
      body: .series([("__name__", "m")] + (0..<3).map { ("l\($0)", "x") }, [(now, 1)]),
      text: #"series has too many labels (actual: 4, limit: 3) series: 'm{l0="x", l1="x", l2="x"}'"#),
    Refused(
      testDescription: "a long name", body: .series([("__name__", "m"), (long, "1")], [(now, 1)]),
      text: "label name too long: \"\(shown)\" metric \"m{\(shown.dropLast(2))\""),
    Refused(
      testDescription: "a long value", body: .series([("__name__", "m"), ("a", long)], [(now, 1)]),
      text: "label value too long for metric: \"m{a=\\\"\(shown.dropLast(5))\" label value: \"\(shown)\""),
    Refused(
      testDescription: "a histogram in the future",
      body: SandboxPushBody().adding([("__name__", "m")], histograms: [(now + 600_001, 1)]),
      text: "timestamp too new: \(now + 600_001) metric: \"m\""),
    Refused(
      testDescription: "metadata without a name", body: SandboxPushBody().addingMetadata(""),
      text: "metadata missing metric name"),
    Refused(
      testDescription: "an exemplar without labels",
      body: SandboxPushBody().adding(
        [("__name__", "m")], exemplars: [SandboxExemplar(labels: [], value: 1, timestamp: 5)]),
      text: #"exemplar missing labels, timestamp: 5 series: {__name__="m"} labels: {}"#),
    Refused(
      testDescription: "an exemplar without a time",
      body: SandboxPushBody().adding(
        [("__name__", "m")],
        exemplars: [SandboxExemplar(labels: [SandboxLabel(name: "t", value: "1")], value: 1, timestamp: 0)]),
      text: #"exemplar missing timestamp, timestamp: 0 series: {__name__="m"} labels: {t="1"}"#),
    Refused(
      testDescription: "a long exemplar",
      body: SandboxPushBody().adding(
        [("__name__", "m")],
        exemplars: [SandboxExemplar(labels: [SandboxLabel(name: "t", value: shown)], value: 1, timestamp: 5)]),
      text:
        "exemplar combined labelset too long, timestamp: 5 series: {__name__=\"m\"} labels: {t=\"\(shown)\"}"),
  ]

  @Test(arguments: refused)
  func refusesWhatCortexRefuses(_ refused: Refused) throws {
    var limits = SandboxLimits()
    limits.maximumLabelsPerSeries = 3
    let service = service(limits)
    let answer = service.push(refused.body)
    #expect(answer.status == 400)
    #expect(answer.text == refused.text + "\n")
    #expect(try service.series(of: "acme").isEmpty)
    #expect(try service.tenants().first?.lastWrite == nil)
  }

  @Test func leavesOutLabelsOfNoValue() throws {
    let service = service()
    #expect(service.push(.series([("b", ""), ("__name__", "m"), ("a", "1")], [(Self.now, 1)])).status == 200)
    #expect(service.push(.series([("__name__", "m"), ("a", "1"), ("b", "")], [(Self.now + 1, 2)])).status == 200)
    #expect(
      try service.series(of: "acme") == [
        SandboxReportedSeries(
          labels: ["__name__": "m", "a": "1"], timestamp: Self.now + 1, value: "2", bits: "4000000000000000",
          isHistogram: false)
      ])
  }

  /// A stale marker is a NaN, and equal to itself only to the bit.
  @Test func takesAStaleMarkerAgain() throws {
    let service = service()
    let marker = SandboxPushBody.series(
      [("__name__", "m")], [(Self.now, Double(bitPattern: 0x7FF0_0000_0000_0002))])
    #expect(service.push(marker).status == 200)
    #expect(service.push(marker).status == 200)
    #expect(try service.series(of: "acme").map(\.bits) == ["7ff0000000000002"])
    let answer = service.push(.series([("__name__", "m")], [(Self.now, .nan)]))
    #expect(answer.text.contains("existing NaN, new value NaN"))
  }

  @Test func tellsAHistogramFromAFloat() throws {
    let service = service()
    let histogram = SandboxPushBody().adding([("__name__", "m")], histograms: [(Self.now, 3)])
    #expect(service.push(histogram).status == 200)
    #expect(service.push(histogram).status == 200)
    #expect(service.push(.series([("__name__", "m")], [(Self.now, 3)])).status == 400)
    #expect(try service.series(of: "acme").map(\.isHistogram) == [true])
  }

  @Test func takesASampleAtTheEndOfTheGracePeriod() {
    #expect(service().push(.series([("__name__", "m")], [(Self.now + 600_000, 1)])).status == 200)
  }

  /// A fault of storing is told before one of checking, wherever it stands in the request.
  @Test func tellsTheFirstFaultOfStoring() throws {
    let service = service()
    #expect(service.push(.series([("__name__", "m")], [(Self.now, 1)])).status == 200)
    let answer = service.push(
      SandboxPushBody().addingMetadata("").adding([("a", "1")], [(Self.now, 1), (Self.now, 1)])
        .adding([("__name__", "m")], [(Self.now, 2), (Self.now - 1, 2)])
        .adding([("__name__", "n")], [(Self.now, 1)]))
    #expect(answer.status == 400)
    #expect(answer.text.hasPrefix("user=acme: err: duplicate sample for timestamp"))
    #expect(try service.tenants().first?.rejectedSamples == 4)
    #expect(try service.series(of: "acme").count == 2)
  }

  @Test func countsWhatItTakesAndRefuses() throws {
    let time = SandboxTestTime.clock()
    let service = SandboxService(compression: LiteralSnappy(), time: time)
    let exemplar = SandboxExemplar(labels: [SandboxLabel(name: "t", value: "1")], value: 1, timestamp: 5)
    let body = SandboxPushBody().addingMetadata("m").addingMetadata("n")
      .adding([("__name__", "m")], [(Self.now - 1, 1), (Self.now, 1)], exemplars: [exemplar])
      .adding([("__name__", "h")], histograms: [(Self.now, 1)])
    #expect(service.push(body).status == 200)
    #expect(service.push(SandboxPushBody(), tenant: "zero").status == 200)
    time.advance(by: .seconds(1))
    #expect(service.push(.series([("__name__", "m")], [(Self.now - 1, 1)])).status == 400)
    #expect(
      try service.tenants() == [
        SandboxReportedTenant(
          tenant: "acme", series: 2, samples: 2, exemplars: 1, histograms: 1, metadata: 2, requests: 2,
          rejectedSamples: 1, lastWrite: "2026-11-23T07:56:26.957Z"),
        SandboxReportedTenant(tenant: "zero", requests: 1),
      ])
  }

  private func service(_ limits: SandboxLimits = SandboxLimits()) -> SandboxService {
    SandboxService(compression: LiteralSnappy(), time: SandboxTestTime.clock(), limits: limits)
  }
}
