import Actors
import Model
import Testing
import Transport

@testable import App

/// What becomes of the proxy's options.
struct ProxyConfigurationTests {
  private func configuration(_ arguments: [String] = []) throws -> ProxyConfiguration {
    try ServeConfiguration(words: arguments).proxy
  }

  @Test func theDefaultsAreThoseOfTheContract() throws {
    let configuration = try configuration()
    #expect(configuration.contentLengthLimit == 104_857_600)
    #expect(configuration.forwarder.decompressedLengthLimit == 134_217_728)
    #expect(configuration.forwarder.maximumParallelRequestsPerLoad == 64)
    #expect(configuration.forwarder.forwardTimeout == .seconds(20))
    #expect(configuration.maximumBytesInFlight == 268_435_456)
    #expect(configuration.upstream.url == "http://127.0.0.1:5000")
    #expect(configuration.upstream.userAgent == "OM_mt_P/\(Version.current)")
    #expect(!configuration.upstream.usesEnvironmentProxy)
    #expect(try configuration.policy.defaultTenants == [TenantID("0")])
    #expect(configuration.policy.tenantLabels.names == ["tenant_id"])
    #expect(!configuration.policy.removesTenantLabels)
    #expect(configuration.policy.allowedTenants == nil && configuration.policy.fallbackTenant == nil)
  }

  @Test func optionsReachTheirParts() throws {
    let configuration = try configuration([
      "--max-loads-in-flight", "8", "--max-upstream-requests", "9",
      "--upstream-connect-timeout-seconds", "10", "--upstream-proxy-from-environment",
      "--tenant-label-list", " a,b, a", "--allow-listed-tenants", "x,y", "--remove-tenant-labels",
      "--default-tenant-list", "d,e", "--fallback-tenant", "f",
    ])
    #expect(configuration.maximumLoadsInFlight == 8)
    #expect(configuration.upstream.maximumRequests == 9)
    #expect(configuration.upstream.connectTimeout == .seconds(10))
    #expect(configuration.upstream.usesEnvironmentProxy)
    #expect(configuration.policy.tenantLabels.names == ["a", "b"])
    #expect(try configuration.policy.allowedTenants == [TenantID("x"), TenantID("y")])
    #expect(try configuration.policy.defaultTenants == [TenantID("d"), TenantID("e")])
    #expect(try configuration.policy.fallbackTenant == TenantID("f"))
    #expect(configuration.policy.removesTenantLabels)
  }

  @Test func nothingIsBatchedUnlessItIsAskedFor() throws {
    let defaults = try configuration()
    #expect(defaults.batching == nil && defaults.forwarder.replicaLabels == nil)
    let batching = try configuration(["--batch-requests-beyond", "2"])
    #expect(
      batching.batching
        == BatchingConfiguration(requestsBeforeWaiting: 2, lengthLimit: 4_194_304, longestWait: .seconds(1)))
    #expect(batching.forwarder.replicaLabels == ReplicaLabels(clusters: ["cluster"], replicas: ["__replica__"]))
  }

  @Test func howIsBatchedCanBeSaid() throws {
    let configuration = try configuration([
      "--batch-requests-beyond", "1", "--batch-length-limit", "9", "--batch-wait-seconds", "0.5",
      "--ha-cluster-label-list", "prometheus, cluster", "--ha-replica-label-list", "pod",
    ])
    #expect(
      configuration.batching
        == BatchingConfiguration(requestsBeforeWaiting: 1, lengthLimit: 9, longestWait: .milliseconds(500)))
    #expect(
      configuration.forwarder.replicaLabels == ReplicaLabels(clusters: ["prometheus", "cluster"], replicas: ["pod"]))
  }

  @Test func withoutFullReplicationThereAreNoDefaultTenants() throws {
    let policy = try configuration(["--disable-full-replication", "--default-tenant-list", "a"]).policy
    #expect(policy.defaultTenants.isEmpty)
  }
}
