import Model
import TestSupport
import Testing

@testable import App

/// The sandbox stays small, whatever is sent.
struct SandboxBoundsTests {
  static let now = SandboxTestTime.recorded

  struct Bound: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let limits: SandboxLimits
    let text: String
  }

  static let bounds: [Bound] = [
    Bound(
      testDescription: "series", limits: limits { $0.maximumSeriesPerTenant = 2 },
      text: "user=acme: per-user series limit of 2 exceeded\n"),
    Bound(
      testDescription: "bytes", limits: limits { $0.maximumLabelBytes = 2 * (8 + 2 + SandboxLimits.labelOverhead) },
      text: "user=acme: sandbox limit of 148 bytes of labels exceeded\n"),
  ]

  @Test(arguments: bounds)
  func refusesAThirdSeries(_ bound: Bound) throws {
    let service = service(bound.limits)
    #expect(service.push(.series([("__name__", "m1")], [(Self.now, 1)])).status == 200)
    let answer = service.push(
      .series([("__name__", "m2")], [(Self.now, 1)]).adding([("__name__", "m3")], [(Self.now, 1)])
        .adding([("__name__", "m1")], [(Self.now + 1, 1)]))
    #expect(answer.status == 400)
    #expect(answer.text == bound.text)
    #expect(try service.series(of: "acme").map(\.timestamp) == [Self.now + 1, Self.now])
  }

  @Test func refusesATenantTooMany() throws {
    let service = service(Self.limits { $0.maximumTenants = 1 })
    let body = SandboxPushBody.series([("__name__", "m")], [(Self.now, 1)])
    #expect(service.push(body, tenant: "a").status == 200)
    let answer = service.push(body, tenant: "b")
    #expect(answer.status == 400)
    #expect(answer.text == "sandbox limit of 1 tenants exceeded\n")
    #expect(service.push(body, tenant: "a").status == 200)
    #expect(try service.tenants().map(\.tenant) == ["a"])
  }

  @Test func refusesABlockTooLong() {
    let block = SandboxPushBody.series([("__name__", "m")], [(Self.now, 1)]).block
    let service = service(Self.limits { $0.maximumBodyLength = block.count - 1 })
    let answer = service.answer(.push(tenant: "acme"), body: block)
    #expect(answer.status == 400)
    #expect(answer.text == "received message larger than max (\(block.count) vs \(block.count - 1))\n")
  }

  /// The length that the header tells is believed before anything is read.
  @Test func refusesContentsTooLong() {
    let answer = service().answer(.push(tenant: "acme"), body: SharedBytes([0xFF, 0xFF, 0xFF, 0xFF, 0x0F]))
    #expect(answer.status == 400)
    #expect(answer.text == "received message larger than max (4294967295 vs 16777216)\n")
  }

  @Test func letsThroughWhatTheRateAllows() throws {
    let time = SandboxTestTime.clock()
    let limits = Self.limits { $0.ingestionRate = SandboxIngestionRate(perSecond: 10, burst: 3) }
    let service = SandboxService(compression: LiteralSnappy(), time: time, limits: limits)
    let pair = SandboxPushBody.series([("__name__", "m")], [(Self.now, 1)]).addingMetadata("m")

    #expect(service.push(pair).status == 200)
    let answer = service.push(pair)
    #expect(answer.status == 429)
    #expect(answer.text == "ingestion rate limit (10) exceeded while adding 1 samples and 1 metadata\n")
    #expect(service.push(pair, tenant: "other").status == 200)
    time.advance(by: .milliseconds(99))
    #expect(service.push(pair).status == 429)
    time.advance(by: .milliseconds(1))
    #expect(service.push(pair).status == 200)
    #expect(try service.tenants().map(\.rejectedSamples) == [2, 0])
  }

  private static func limits(_ change: (inout SandboxLimits) -> Void) -> SandboxLimits {
    var limits = SandboxLimits()
    change(&limits)
    return limits
  }

  private func service(_ limits: SandboxLimits = SandboxLimits()) -> SandboxService {
    SandboxService(compression: LiteralSnappy(), time: SandboxTestTime.clock(), limits: limits)
  }
}
