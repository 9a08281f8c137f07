import Model
import TestSupport
import Testing

/// What is not taken, and leaves nothing upstream.
///
/// One at a time: all at once, on few processors, each would run into its own time limits.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct BadInputTests {
  @Test(arguments: try BadLoad.corrupt + BadLoad.large + BadLoad.unsupported)
  func aBadLoadIsRefusedAsAWhole(_ load: BadLoad) async throws {
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(BadLoad.arguments, upstream: upstream.url)
    let probe = try await HTTPProbe.connect(to: proxy.port)
    if load.isChunked {
      var fields = load.fields
      fields.add("Transfer-Encoding", "chunked")
      try await probe.send("POST / HTTP/1.1\r\nHost: a\r\n" + fields.lines + "\r\n")
      for byte in load.body { try await probe.send(Array("1\r\n".utf8) + [byte] + Array("\r\n".utf8)) }
      try await probe.send("0\r\n\r\n")
    } else {
      try await probe.send("POST", "/", fields: load.fields, body: load.body)
    }
    let reply = try await probe.reply()
    #expect(reply.status == load.status)
    #expect(reply.text.contains(load.text), "\(reply.text)")
    #expect(reply.fields["Retry-After"] == nil)

    // The connection goes on, and the next load is taken.
    try await probe.send("POST", "/", fields: TestLoad.fields, body: TestLoad(["acme"]).body())
    #expect(try await probe.reply().status == 200)
    #expect(upstream.requests.map { $0.tenant ?? "" }.sorted() == ["0", "acme"])
    try await proxy.becomesIdle()
    let metrics = MetricsText(try await proxy.get("/metrics").text)
    #expect(metrics.value(of: "open_metrics_proxy_failures") == 1)
    #expect(metrics.value(of: "open_metrics_proxy_loads_total{code=\"\(load.status)\"}") == 1)
  }

  @Test(
    arguments: [
      [:],
      ["Content-Type": "application/x-protobuf"],
      ["Content-Encoding": "snappy"],
      ["content-type": "Application/X-Protobuf; proto=prometheus.WriteRequest", "CONTENT-ENCODING": "Snappy"],
    ] as [HeaderFields])
  func missingFieldsMeanRemoteWrite1(_ fields: HeaderFields) async throws {
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(upstream: upstream.url)
    #expect(try await proxy.post(TestLoad(["acme"]), fields: fields).status == 200)
    #expect(upstream.requests.count == 2)
  }

  @Test func aLoadOfExactlyTheLimitsIsTaken() async throws {
    let upstream = try await ScriptedUpstream.start()
    let load = TestLoad(["acme"])
    let proxy = try await ProxyProcess.start(
      [
        "--content-length-limit", "\(load.body().count)", "--decompressed-length-limit", "\(load.contents().count)",
      ], upstream: upstream.url)
    #expect(try await proxy.post(load).status == 200)
  }

  @Test func chunksAreTakenAsOneBody() async throws {
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(upstream: upstream.url)
    let probe = try await HTTPProbe.connect(to: proxy.port)
    var fields = TestLoad.fields
    fields.add("Transfer-Encoding", "chunked")
    let body = try TestLoad([""]).body()
    try await probe.send("POST /any/path?x=1 HTTP/1.1\r\nHost: a\r\n" + fields.lines + "\r\n")
    for byte in body { try await probe.send(Array("01;ext=\"1\"\r\n".utf8) + [byte] + Array("\r\n".utf8)) }
    try await probe.send("0\r\nTrailer: 1\r\n\r\n")
    #expect(try await probe.reply().status == 200)
    #expect(upstream.requests.map(\.body) == [body])
    #expect(upstream.requests.first?.target == "/api/v1/push")
  }

  @Test(arguments: ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE"])
  func otherMethodsAreNotAllowed(_ method: String) async throws {
    let proxy = try await ProxyProcess.start()
    let probe = try await HTTPProbe.connect(to: proxy.port)
    try await probe.send(method, "/api/v1/push")
    let reply = try await probe.reply(to: method)
    #expect(reply.status == 405)
    #expect(reply.fields["Allow"] == "GET, POST")
    try await probe.send("GET", "/")
    #expect(try await probe.reply().text == "Up\n")
  }

  @Test(arguments: [
    ("/", "Up\n"), ("/api/v1/push", "Up\n"), ("/metric", "Up\n"), ("/-/healthy", "OK\n"), ("/-/ready", "OK\n"),
    ("/-/ready?x=1", "OK\n"),
  ])
  func pagesAreThere(target: String, text: String) async throws {
    let proxy = try await ProxyProcess.start()
    let reply = try await proxy.get(target)
    #expect(reply.status == 200)
    #expect(reply.text == text)
  }

  @Test(arguments: [
    (nil, "text/plain; version=0.0.4; charset=utf-8", "# TYPE open_metrics_proxy_failures counter\n"),
    (
      "application/openmetrics-text;version=1.0.0,text/plain;q=0.5",
      "application/openmetrics-text; version=1.0.0; charset=utf-8", "# TYPE open_metrics_proxy_failures unknown\n"
    ),
  ])
  func metricsComeInTheFormatThatIsAskedFor(accept: String?, type: String, line: String) async throws {
    let proxy = try await ProxyProcess.start()
    let reply = try await HTTPProbe.request(
      "GET", "/metrics", port: proxy.port, fields: HeaderFields(accept.map { [(name: "Accept", value: $0)] } ?? []))
    #expect(reply.status == 200)
    #expect(reply.fields["Content-Type"] == type)
    #expect(reply.text.contains(line))
    #expect(reply.text.hasSuffix("# EOF\n") == (accept != nil))
  }
}
