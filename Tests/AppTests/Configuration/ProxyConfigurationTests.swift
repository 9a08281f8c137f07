import Actors
import Model
import Testing
import Transport

@testable import App

/// What becomes of the proxy's options.
struct ProxyConfigurationTests {
  private func configuration(_ arguments: [String] = []) throws -> ProxyConfiguration {
    let command = try Invocation(arguments: ["openmmt"] + arguments, environment: [:]).command()
    return try ProxyConfiguration(#require(command as? ServeCommand).options)
  }

  @Test func theDefaultsAreThoseOfTheContract() throws {
    let configuration = try configuration()
    #expect(configuration.server.host == "127.0.0.1")
    #expect(configuration.server.port == 19093)
    #expect(configuration.contentLengthLimit == 104_857_600)
    #expect(configuration.forwarder.decompressedLengthLimit == 134_217_728)
    #expect(configuration.forwarder.maximumParallelRequestsPerLoad == 64)
    #expect(configuration.forwarder.forwardTimeout == .seconds(20))
    #expect(configuration.maximumBytesInFlight == 268_435_456)
    #expect(configuration.drainTimeout == .seconds(15))
    #expect(configuration.upstream.url == "http://127.0.0.1:5000")
    #expect(configuration.upstream.userAgent == "OM_mt_P/\(Version.current)")
    #expect(!configuration.upstream.usesEnvironmentProxy)
    #expect(try configuration.policy.defaultTenants == [TenantID("0")])
    #expect(configuration.policy.tenantLabels.names == ["tenant_id"])
    #expect(!configuration.policy.removesTenantLabels)
    #expect(configuration.policy.allowedTenants == nil)
  }

  @Test func optionsReachTheirParts() throws {
    let configuration = try configuration([
      "--interface", "::1", "--port", "1", "--max-connections", "2", "--max-header-bytes", "3",
      "--head-timeout-seconds", "4", "--body-timeout-seconds", "5", "--idle-timeout-seconds", "6",
      "--write-timeout-seconds", "7", "--max-loads-in-flight", "8", "--max-upstream-requests", "9",
      "--upstream-connect-timeout-seconds", "10", "--upstream-proxy-from-environment",
      "--tenant-label-list", " a,b, a", "--allow-listed-tenants", "x,y", "--remove-tenant-labels",
      "--default-tenant-list", "d,e",
    ])
    let limits = configuration.server.limits
    #expect(configuration.server.host == "::1")
    #expect(limits.maximumConnections == 2)
    #expect(limits.maximumHeaderBytes == 3)
    #expect(
      [limits.headTimeout, limits.bodyTimeout, limits.idleTimeout, limits.writeTimeout] == (4...7).map { .seconds($0) })
    #expect(configuration.maximumLoadsInFlight == 8)
    #expect(configuration.upstream.maximumRequests == 9)
    #expect(configuration.upstream.connectTimeout == .seconds(10))
    #expect(configuration.upstream.usesEnvironmentProxy)
    #expect(configuration.policy.tenantLabels.names == ["a", "b"])
    #expect(try configuration.policy.allowedTenants == [TenantID("x"), TenantID("y")])
    #expect(try configuration.policy.defaultTenants == [TenantID("d"), TenantID("e")])
    #expect(configuration.policy.removesTenantLabels)
  }

  @Test func withoutFullReplicationThereAreNoDefaultTenants() throws {
    let policy = try configuration(["--disable-full-replication", "--default-tenant-list", "a"]).policy
    #expect(policy.defaultTenants.isEmpty)
  }
}
