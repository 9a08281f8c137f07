import Model
import TestSupport
import Testing

/// What the upstream receives.
///
/// One at a time: all at once, on few processors, each would run into its own time limits.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct UpstreamRequestTests {
  private func fields(_ request: ReceivedRequest) -> [String: String] {
    Dictionary(request.fields.fields.map { ($0.name, $0.value) }, uniquingKeysWith: { "\($0), \($1)" })
  }

  @Test(arguments: [nil, "7"])
  func theHeaderFieldsAreThoseOfTheContract(retryAttempt: String?) async throws {
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(upstream: upstream.url)
    var sent = TestLoad.fields
    // Nothing of the sender's is passed on but its count of tries.
    sent.add("X-Scope-OrgID", "intruder")
    sent.add("Authorization", "Basic c2VjcmV0")
    sent.add("Cookie", "a=b")
    if let retryAttempt { sent.add("Retry-Attempt", retryAttempt) }
    #expect(try await proxy.post(TestLoad(["acme"]), fields: sent).status == 200)

    #expect(Set(upstream.requests.map(\.tenant)) == ["0", "acme"])
    for request in upstream.requests {
      var expected = [
        "Host": "127.0.0.1:\(upstream.port)", "User-Agent": "OM_mt_P/0.1.0", "X-Scope-OrgID": request.tenant ?? "",
        "Content-Type": "application/x-protobuf", "Content-Encoding": "snappy",
        "X-Prometheus-Remote-Write-Version": "0.1.0", "Content-Length": "\(request.body.count)",
      ]
      expected["Retry-Attempt"] = retryAttempt
      #expect(fields(request) == expected)
      #expect(request.method == "POST")
    }
  }

  @Test(arguments: ["seven", "-1", "99999999999999999999", "1, 2"])
  func aRetryAttemptThatIsNoNumberIsNotPassedOn(_ attempt: String) async throws {
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(upstream: upstream.url)
    var fields = TestLoad.fields
    fields.add("Retry-Attempt", attempt)
    #expect(try await proxy.post(TestLoad(["acme"]), fields: fields).status == 200)
    #expect(upstream.requests.allSatisfy { $0.fields["Retry-Attempt"] == nil })
  }

  @Test func aLargeBodyIsSentWithoutAskingFirst() async throws {
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(upstream: upstream.url)
    var load = TestLoad()
    for index in 0..<40 {
      load.add([("__name__", "padding"), ("n", "\(index)" + String(repeating: "x", count: 50_000))])
    }
    #expect(try await proxy.post(load).status == 200)
    let request = try #require(upstream.requests.first)
    #expect(request.fields["Expect"] == nil)
    #expect(try request.body == load.body())
  }

  @Test func aLoadForDefaultTenantsGoesOutAsItCame() async throws {
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(["--default-tenant-list", "0,all"], upstream: upstream.url)
    let load = TestLoad(["", "acme"])
    #expect(try await proxy.post(load).status == 200)
    let bodies = Dictionary(
      upstream.requests.map { ($0.tenant ?? "", $0.body) }, uniquingKeysWith: { first, _ in first })
    #expect(try bodies["0"] == load.body())
    #expect(try bodies["all"] == load.body())
    #expect(Set(bodies.keys) == ["0", "all", "acme"])
  }

  @Test func tenantLabelsAreTakenOutWhereThatIsAskedFor() async throws {
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(
      ["--remove-tenant-labels", "--tenant-label-list", "team, namespace"], upstream: upstream.url)
    var load = TestLoad()
    load.add([("__name__", "up"), ("namespace", "shop"), ("team", "acme"), ("zone", "a")], value: 5)
    load.add([("__name__", "up"), ("team", "acme")], value: .nan)
    #expect(try await proxy.post(load).status == 200)
    #expect(Set(upstream.requests.map(\.tenant)) == ["0", "acme", "shop"])
    var expected = TestLoad()
    expected.add([("__name__", "up"), ("zone", "a")], value: 5)
    if case let first = expected.request, let shop = upstream.requests.first(where: { $0.tenant == "shop" }) {
      #expect(try shop.writeRequest() == first)
    }
    expected.add([("__name__", "up")], value: .nan)
    for request in upstream.requests where request.tenant != "shop" {
      #expect(try request.writeRequest().encoded() == expected.contents())
    }
  }

  @Test func metadataGoesWithSeriesToEveryTenantAndAloneToDefaultTenants() async throws {
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(upstream: upstream.url)
    var load = TestLoad(["acme"])
    load.addMetadata("up")
    #expect(try await proxy.post(load).status == 200)
    for request in upstream.requests { #expect(try request.writeRequest() == load.request) }
    #expect(upstream.requests.count == 2)

    var metadata = TestLoad()
    metadata.addMetadata("up")
    #expect(try await proxy.post(metadata).status == 200)
    #expect(upstream.requests.count == 3)
    #expect(upstream.requests.last?.tenant == "0")
    #expect(try upstream.requests.last?.body == metadata.body())
  }

  @Test func onlyTenantsOnTheAllowListAreChosenByLabels() async throws {
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(["--allow-listed-tenants", "acme"], upstream: upstream.url)
    #expect(try await proxy.post(TestLoad(["acme", "beta"])).status == 200)
    #expect(Set(upstream.requests.map(\.tenant)) == ["0", "acme"])
    let dropped = #"open_metrics_proxy_dropped_series_total{tenant_id="beta",reason="not_allowed"}"#
    #expect(try await proxy.metric(dropped) == 1)
    try await proxy.process.errorLine(matching: "tenant beta is not on the allow list")
  }

  @Test(arguments: [
    "a/b", "a|b", "a,b", "a b", "a:b", ".", "..", "__markers__", "user-index.json.gz", "__mimir_cluster", "ümlaut",
    "acme\r\nX-Evil: 1", "acme\0", String(repeating: "x", count: 151),
  ])
  func aValueThatIsNoTenantNeverReachesTheUpstream(_ value: String) async throws {
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(upstream: upstream.url)
    #expect(try await proxy.post(TestLoad([value, "acme"])).status == 200)
    #expect(upstream.requests.map { $0.tenant ?? "" }.sorted() == ["0", "acme"])
    let dropped = #"open_metrics_proxy_dropped_series_total{tenant_id="",reason="invalid_tenant"}"#
    #expect(try await proxy.metric(dropped) == 1)
    try await proxy.process.errorLine(matching: "series not sent: tenant ID")
  }

  @Test func aTenantOfTheGreatestLengthIsSent() async throws {
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(["--disable-full-replication"], upstream: upstream.url)
    let name = "!-_.*'()" + String(repeating: "x", count: 142)
    #expect(try await proxy.post(TestLoad([name])).status == 200)
    #expect(upstream.requests.map(\.tenant) == [name])
  }
}
