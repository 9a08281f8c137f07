import Foundation
import TestSupport

/// Reads what a sandbox holds, over HTTP.
struct SandboxReader: Sendable {
  let port: Int

  /// The tenants by name.
  func tenants() async throws -> [String: SandboxReportedTenant] {
    let reply = try await HTTPProbe.request("GET", "/sandbox/tenants", port: port)
    let tenants = try JSONDecoder().decode([SandboxReportedTenant].self, from: Data(reply.body))
    return Dictionary(tenants.map { ($0.tenant, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The series of a tenant.
  func series(of tenant: String) async throws -> [SandboxReportedSeries] {
    let reply = try await HTTPProbe.request("GET", "/sandbox/tenants/\(tenant)/series", port: port)
    return try JSONDecoder().decode([SandboxReportedSeries].self, from: Data(reply.body))
  }

  /// Asks for the tenants until they are as is waited for.
  func wait(for what: String, until isExpected: ([String: SandboxReportedTenant]) -> Bool) async throws {
    let limit = Duration.seconds(60)
    let deadline = ContinuousClock.now + limit
    while true {
      let tenants = try await tenants()
      if isExpected(tenants) { return }
      guard ContinuousClock.now < deadline else {
        throw DeadlineExceeded(what: what, limit: limit, state: "\(tenants)")
      }
    }
  }
}
