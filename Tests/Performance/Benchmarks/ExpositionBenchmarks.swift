import Actors
import Model

/// What the proxy counts: a scrape of it, and the counting.
struct ExpositionBenchmarks {
  private static let tenants = 1000
  private static let names = (0..<tenants).map { "tenant-\($0)" }

  private let metrics = ProxyMetrics()

  init() {
    for (number, name) in Self.names.enumerated() {
      metrics.requests.with(name).increment(by: number)
      metrics.series.with(name).increment(by: number * 1_000)
    }
  }

  var all: [Benchmark] { [counting] + scrapes }

  private var counting: Benchmark {
    Benchmark("counting", unit: "request", count: Self.tenants) { [metrics] in
      for name in Self.names { metrics.requests.with(name).increment() }
    }
  }

  private var scrapes: [Benchmark] {
    ExpositionFormat.allCases.map { format in
      Benchmark("exposition-\(format)", unit: "tenant", count: Self.tenants) { [metrics] in
        var writer = ExpositionWriter(format)
        for collector in metrics.all {
          for family in collector.collect() { writer.write(family) }
        }
        return writer.finish().count
      }
    }
  }
}
