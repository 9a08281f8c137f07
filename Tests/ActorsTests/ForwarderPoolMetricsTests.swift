import Model
import TestSupport
import Testing

@testable import Actors

@Suite struct ForwarderPoolMetricsTests {
  private func tenants(_ names: String...) throws -> Set<TenantID> {
    var tenants: Set<TenantID> = []
    for name in names { tenants.insert(try TenantID(name)) }
    return tenants
  }

  @Test func whatBecameOfSeriesIsCounted() async throws {
    let stage = try PoolStage(defaultTenants: ["0"], allowedTenants: try tenants("a", "b", "c"))
    stage.offer(tenants: ["a", "a", "b", "c", "d", "a/b"])
    let requests = try await stage.upstream.nextRequests(4)
    stage.upstream.complete("0", status: 200)
    stage.upstream.complete("a", status: 204)
    stage.upstream.complete("b", status: 429)
    stage.upstream.complete("c", status: 400)
    #expect(try await stage.origin.answer() == .success)
    await stage.drain()

    let metrics = stage.metrics
    #expect(metrics.series.with("0").value == 6)
    #expect(metrics.series.with("a").value == 2)
    #expect(metrics.samples.with("a").value == 2)
    #expect(metrics.rejectedSeries.with("b", "rate_limited").value == 1)
    #expect(metrics.rejectedSeries.with("c", "refused").value == 1)
    #expect(metrics.droppedSeries.with("d", "not_allowed").value == 1)
    #expect(metrics.droppedSeries.with("", "invalid_tenant").value == 1)
    #expect(metrics.labels.value == 12)
    #expect(metrics.tenants.value == 4)
    #expect(metrics.forwardedBytes.value == requests.reduce(0) { $0 + $1.body.count })
    for code in ["200", "204", "429", "400"] { #expect(metrics.upstreamRequests.with(code).value == 1) }
  }

  @Test func seriesOfNoTenantAreCounted() async throws {
    let stage = try PoolStage(allowedTenants: try tenants("a"))
    stage.offer(tenants: ["b", "b"])
    _ = try await stage.origin.answer()
    await stage.drain()
    #expect(stage.metrics.droppedSeries.with("", "no_tenant").value == 2)
    #expect(stage.metrics.droppedSeries.with("b", "not_allowed").value == 2)
  }

  @Test func everyTryIsCountedAndTimed() async throws {
    let stage = try PoolStage()
    stage.offer(tenants: ["a"])
    let bytes = try await stage.upstream.nextRequests()[0].body.count
    stage.time.advance(by: .milliseconds(200))
    stage.upstream.complete("a", with: .failure(.network("reset")))
    _ = try await stage.time.nextSleep()
    #expect(stage.metrics.upstreamRetries.value == 0)
    stage.time.advance(by: .seconds(1))
    _ = try await stage.upstream.nextRequests()
    #expect(stage.metrics.upstreamRetries.value == 1)
    stage.time.advance(by: .seconds(19))
    stage.upstream.complete("a", with: .failure(.timeout))
    _ = try await stage.origin.answer()
    await stage.drain()
    #expect(stage.metrics.requests.with("a").value == 2)
    #expect(stage.metrics.forwardedBytes.value == 2 * bytes)
    #expect(stage.metrics.upstreamRequests.with("network").value == 1)
    #expect(stage.metrics.upstreamRequests.with("timeout").value == 1)
    #expect(stage.metrics.rejectedSeries.with("a", "unavailable").value == 1)
    #expect(abs(stage.metrics.upstreamRequestSeconds.value.sum - 19.2) < 1e-9)
  }
}
