import Model
import TestSupport
import Testing

@testable import App

struct SandboxEndpointTests {
  private let service = SandboxService(compression: LiteralSnappy(), time: SandboxTestTime.clock())

  @Test(arguments: [
    ("GET", "/ready", 200), ("GET", "/-/healthy", 200), ("GET", "/ready?verbose", 200),
    ("GET", "/distributor/all_user_stats", 200), ("GET", "/sandbox/tenants", 200),
    ("POST", "/api/v1/push", 401), ("POST", "/api/prom/push", 401),
    ("GET", "/", 404), ("GET", "/readyz", 404), ("GET", "/api/v1/push/", 404), ("POST", "/api/v1/push/x", 404),
    ("GET", "ready", 404), ("GET", "", 404), ("GET", "/sandbox/tenants/", 404),
    ("GET", "/sandbox/tenants/acme/series", 404), ("GET", "/sandbox/tenants//series", 404),
    ("GET", "/sandbox/tenants/acme/series/x", 404),
  ])
  func answersByPath(_ method: String, _ target: String, _ status: Int) {
    #expect(service.answer(RequestHead(method: method, target: target), body: SharedBytes([])).status == status)
  }

  @Test(arguments: [
    ("GET", "/api/v1/push", "POST"), ("DELETE", "/api/prom/push", "POST"), ("POST", "/sandbox/tenants", "GET"),
    ("PUT", "/sandbox/tenants/acme/series", "GET"), ("POST", "/ready", "GET"),
    ("POST", "/distributor/all_user_stats", "GET"),
  ])
  func refusesTheWrongMethod(_ method: String, _ target: String, _ allowed: String) {
    let answer = service.answer(RequestHead(method: method, target: target), body: SharedBytes([]))
    #expect(answer.status == 405)
    #expect(answer.fields["Allow"] == allowed)
  }

  @Test(arguments: [
    ("", "", 200, ""),
    ("application/x-protobuf;proto=prometheus.WriteRequest", "snappy", 200, ""),
    ("application/x-protobuf; proto=io.prometheus.write.v2.Request", "snappy", 200, ""),
    ("application/x-protobuf;charset=utf-8", "snappy", 200, ""),
    (
      "application/x-protobuf;proto=io.prometheus.write.v2.Request", "snappy", 415,
      "io.prometheus.write.v2.Request protobuf message is not accepted by this server; "
        + "only accepts prometheus.WriteRequest\n"
    ),
    (
      "application/x-protobuf;proto=x", "snappy", 415,
      "got application/x-protobuf;proto=x content type; unknown type for remote write protobuf message x, "
        + "supported: prometheus.WriteRequest, io.prometheus.write.v2.Request\n"
    ),
    (
      "application/x-protobuf;proto", "snappy", 415,
      "as per https://www.rfc-editor.org/rfc/rfc9110#parameter expected parameters to be key-values, "
        + "got proto in application/x-protobuf;proto content-type\n"
    ),
    (
      "application/x-protobuf", "zstd", 415,
      "zstd encoding (compression) is not accepted by this server; only snappy is acceptable\n"
    ),
  ])
  func looksAtTheMediaType(_ type: String, _ encoding: String, _ status: Int, _ text: String) {
    var head = RequestHead(method: "POST", target: "/api/v1/push", fields: ["X-Scope-OrgID": "acme"])
    if !type.isEmpty { head.fields.add("Content-Type", type) }
    if !encoding.isEmpty { head.fields.add("Content-Encoding", encoding) }
    let answer = service.answer(head, body: SandboxPushBody().block)
    #expect(answer.status == status)
    #expect(answer.text == text)
  }

  @Test func listsTenantsAsATable() {
    let now = SandboxTestTime.recorded
    for number in 0..<3 {
      let tenant = number == 0 ? "a" : "acme-production"
      _ = service.push(.series([("__name__", "m\(number)")], [(now, 1), (now + 1, 1)]), tenant: tenant)
    }
    _ = service.push(.series([("a", "1")], [(now, 1)]), tenant: "idle")
    #expect(
      service.get("/sandbox/tenants", accept: "text/plain").text == """
        TENANT           SERIES  SAMPLES  LAST WRITE
        a                     1        2  2026-11-23T07:56:26.957Z
        acme-production       2        4  2026-11-23T07:56:26.957Z
        idle                  0        0  -

        """)
  }

  @Test func listsNoTenants() {
    #expect(service.get("/sandbox/tenants", accept: "text/plain").text == "TENANT  SERIES  SAMPLES  LAST WRITE\n")
    #expect(service.get("/sandbox/tenants").text == "[]")
    #expect(service.get("/sandbox/tenants").fields["Content-Type"] == "application/json")
    #expect(service.get("/distributor/all_user_stats", accept: "application/json").text == "[]")
  }

  @Test func listsSeriesByTheirLabels() throws {
    let now = SandboxTestTime.recorded
    let values: [Double] = [.infinity, -.infinity, .nan, -0.5]
    for (number, value) in values.enumerated().reversed() {
      _ = service.push(.series([("__name__", "m"), ("n", "\(number)")], [(now, value)]))
    }
    #expect(try service.series(of: "acme").map(\.value) == ["+Inf", "-Inf", "NaN", "-0.5"])
  }
}
