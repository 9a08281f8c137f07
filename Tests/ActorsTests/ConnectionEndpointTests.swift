import Model
import TestSupport
import Testing

@testable import Actors

/// What a connection answers at once, and scrapes.
@Suite struct ConnectionEndpointTests {
  @Test(
    arguments: [
      ("GET", "/", 200, "Up\n"),
      ("GET", "/anything?x=/metrics", 200, "Up\n"),
      ("GET", "/metrics/", 200, "Up\n"),
      ("GET", "", 200, "Up\n"),
      ("GET", "/-/healthy", 200, "OK\n"),
      ("GET", "/-/healthy?verbose", 200, "OK\n"),
      ("GET", "/-/ready", 200, "OK\n"),
      ("PUT", "/metrics", 405, "method not allowed\n"),
      ("HEAD", "/-/healthy", 405, "method not allowed\n"),
      ("DELETE", "/", 405, "method not allowed\n"),
      ("OPTIONS", "*", 405, "method not allowed\n"),
      ("get", "/", 405, "method not allowed\n"),
    ])
  func isAnsweredAtOnce(method: String, target: String, status: Int, text: String) async {
    let stage = ConnectionStage()
    #expect(await stage.begin(1, RequestHead(method: method, target: target, contentLength: nil)) == .discard)
    #expect(await stage.receive(count: 5000) == .discard)
    await stage.end()
    #expect(stage.statuses == [status])
    #expect(stage.text == text)
    #expect(stage.connection.answers[0].answer.fields["Allow"] == (status == 405 ? "GET, POST" : nil))
    #expect(stage.budget.inUse == 0)
  }

  @Test func readinessSaysWhatIsMissing() async {
    let stage = ConnectionStage()
    stage.readiness.block(.routing, "no list of tenants yet from kubernetes")
    stage.readiness.block(.draining, "shutting down")
    _ = await stage.get("/-/ready")
    #expect(stage.statuses == [503])
    #expect(stage.text == "routing: no list of tenants yet from kubernetes\ndraining: shutting down\n")
    _ = await stage.get("/-/healthy", id: 2)
    #expect(stage.statuses == [503, 200])
  }

  @Test func answersThatAreNoLoadsAreNotCountedAsLoads() async {
    let stage = ConnectionStage()
    stage.readiness.block(.routing, "not yet")
    _ = await stage.get("/-/ready")
    #expect(stage.metrics.failures.value == 0)
    #expect(stage.metrics.loads.collect()[0].samples.isEmpty)
  }

  // MARK: Scrapes

  @Test(
    arguments: [
      (nil, ExpositionFormat.text), ("text/plain", .text),
      ("application/openmetrics-text; version=1.0.0", .openMetrics),
    ] as [(String?, ExpositionFormat)])
  func aScrapeIsRenderedAsWanted(accept: String?, format: ExpositionFormat) async throws {
    let stage = ConnectionStage()
    let fields = HeaderFields(accept.map { [(name: "accept", value: $0)] } ?? [])
    #expect(await stage.get("/metrics?x=y", fields: fields) == .discard)
    #expect(stage.statuses.isEmpty)
    let scrape = try #require(await stage.nextScrape())
    #expect(scrape.format == format)
    await scrape.origin.scrapeFinished(scrape.id, Array("a 1\n".utf8))
    #expect(stage.statuses == [200])
    #expect(stage.text == "a 1\n")
    #expect(stage.connection.answers[0].answer.fields["Content-Type"] == format.contentType)
  }

  @Test func aScrapeTooManyIsToldToComeAgain() async {
    let stage = ConnectionStage(scrapeCapacity: 1)
    _ = await stage.get("/metrics", id: 1)
    _ = await stage.get("/metrics", id: 2)
    #expect(stage.connection.answers.map(\.id.number) == [2])
    #expect(stage.statuses == [503])
    #expect(stage.connection.answers[0].answer.fields["Retry-After"] == "1")
    #expect(stage.metrics.failures.value == 0)
  }

  @Test(arguments: [true, false])
  func aScrapeThatNobodyWaitsForIsNotAnswered(byClosing: Bool) async throws {
    let stage = ConnectionStage()
    _ = await stage.get("/metrics")
    if byClosing { await stage.close() } else { await stage.abort() }
    let scrape = try #require(await stage.nextScrape())
    await scrape.origin.scrapeFinished(scrape.id, [])
    #expect(stage.statuses.isEmpty)
  }

  @Test func aScrapeIsAnsweredByTheRegistry() async throws {
    let stage = ConnectionStage()
    let registry = MetricsRegistry(scrapes: stage.scrapes)
    try await registry.register(GaugeFunction("a", help: "A.") { 2 })
    let work = Task { await registry.run() }
    _ = await stage.get("/metrics")
    let answer = try #require(await stage.answer())
    #expect(String(decoding: answer.body, as: UTF8.self) == "# HELP a A.\n# TYPE a gauge\na 2\n")
    stage.scrapes.close()
    await work.value
  }
}
