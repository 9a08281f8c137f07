import Actors
import Model
import Testing

@Suite struct MetricsRegistryScrapeTests {
  private let registry = MetricsRegistry(scrapes: Mailbox(capacity: 2))
  private let origin = FakeScrapeOrigin()

  private func offer(_ id: Int, _ format: ExpositionFormat = .text) -> Bool {
    registry.scrapes.offer(Scrape(id: RequestID(id), format: format, origin: origin))
  }

  @Test func scrapesAreAnsweredInTheirFormat() async throws {
    let counter = Counter("a_total", help: "A.")
    try await registry.register(counter)
    let work = Task { [registry] in await registry.run() }
    #expect(offer(1))
    #expect(try await origin.exposition(1) == "# HELP a_total A.\n# TYPE a_total counter\na_total 0\n")
    counter.increment()
    #expect(offer(2, .openMetrics))
    #expect(try await origin.exposition(2) == "# HELP a A.\n# TYPE a counter\na_total 1\n# EOF\n")
    registry.scrapes.close()
    await work.value
    #expect(registry.scrapes.count == 0)
  }

  @Test func scrapesThatWaitAreAnsweredAfterTheEnd() async throws {
    #expect(offer(1) && offer(2))
    #expect(!offer(3))
    registry.scrapes.close()
    await registry.run()
    #expect(try await origin.exposition(1) == "")
    #expect(try await origin.exposition(2) == "")
    #expect(registry.scrapes.count == 0)
  }

  @Test func itEndsWithItsTask() async {
    let work = Task { [registry] in await registry.run() }
    work.cancel()
    await work.value
    #expect(!offer(1))
  }
}
