import Foundation
import Model
import Testing

@testable import App

extension SandboxService {
  /// Pushes a body as Prometheus does.
  func push(_ body: SandboxPushBody, tenant: String = "acme") -> Answer {
    answer(.push(tenant: tenant), body: body.block)
  }

  /// Gets a page.
  func get(_ target: String, accept: String? = nil) -> Answer {
    let fields: HeaderFields = accept.map { ["Accept": $0] } ?? [:]
    return answer(RequestHead(method: "GET", target: target, fields: fields), body: SharedBytes([]))
  }

  /// The series of a tenant, as the sandbox reports them.
  func series(of tenant: String) throws -> [SandboxReportedSeries] {
    try JSONDecoder().decode([SandboxReportedSeries].self, from: Data(get("/sandbox/tenants/\(tenant)/series").body))
  }

  /// The tenants, as the sandbox reports them.
  func tenants() throws -> [SandboxReportedTenant] {
    try JSONDecoder().decode([SandboxReportedTenant].self, from: Data(get("/sandbox/tenants").body))
  }
}

extension RequestHead {
  /// The head of a remote write.
  static func push(tenant: String, contentLength: Int? = nil) -> RequestHead {
    RequestHead(
      method: "POST", target: "/api/v1/push",
      fields: [
        "Content-Encoding": "snappy", "Content-Type": "application/x-protobuf",
        "X-Prometheus-Remote-Write-Version": "0.1.0", "X-Scope-OrgID": tenant,
      ], contentLength: contentLength)
  }
}

extension Answer {
  /// The body as text.
  var text: String { String(decoding: body, as: UTF8.self) }
}
