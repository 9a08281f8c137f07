import Actors
import Model

/// A scrape of the proxy's metrics.
struct ExpositionBenchmarks {
  private static let tenants = 1000

  private let metrics = ProxyMetrics()

  init() {
    for number in 0..<Self.tenants {
      metrics.requests.with("tenant-\(number)").increment(by: number)
      metrics.series.with("tenant-\(number)").increment(by: number * 1_000)
    }
  }

  var all: [Benchmark] {
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
