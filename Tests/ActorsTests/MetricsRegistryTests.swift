import Actors
import Testing

@testable import Model

struct MetricsRegistryTests {
  @Test func rendersInOrderOfRegistration() async throws {
    let registry = MetricsRegistry()
    let counter = Counter("b_total", help: "B.")
    try await registry.register(counter)
    try await registry.register(GaugeFunction("a", help: "A.") { 1.5 })
    counter.increment()
    #expect(
      await text(registry)
        == "# HELP b_total B.\n# TYPE b_total counter\nb_total 1\n# HELP a A.\n# TYPE a gauge\na 1.5\n")
    counter.increment()
    #expect(
      await text(registry, .openMetrics)
        == "# HELP b B.\n# TYPE b counter\nb_total 2\n# HELP a A.\n# TYPE a gauge\na 1.5\n# EOF\n")
  }

  @Test func anOutputStaysWhatItWas() async throws {
    let registry = MetricsRegistry()
    let gauge = Gauge("g", help: "")
    try await registry.register(gauge)
    let first = await registry.render(.text)
    let copy = first.map { $0 }
    gauge.set(1_000_000)
    let second = await registry.render(.text)
    #expect(first == copy)
    #expect(first != second)
  }

  /// Two metrics that cannot be told apart in one format or the other, and the name at fault.
  @Test(arguments: [
    (MetricDescription(name: "x", help: "", type: .gauge), MetricDescription(name: "x", help: "", type: .gauge), "x"),
    (
      MetricDescription(name: "x", help: "", type: .legacyCounter),
      MetricDescription(name: "x_total", help: "", type: .counter), "x"
    ),
    (
      MetricDescription(name: "x_total", help: "", type: .counter),
      MetricDescription(name: "x_info", help: "", type: .info), "x"
    ),
    (
      MetricDescription(name: "x", help: "", type: .histogram),
      MetricDescription(name: "x_count", help: "", type: .gauge), "x_count"
    ),
    (
      MetricDescription(name: "x_sum", help: "", type: .gauge),
      MetricDescription(name: "x", help: "", type: .histogram), "x_sum"
    ),
  ])
  func refusesNamesThatAreTaken(first: MetricDescription, second: MetricDescription, name: String) async throws {
    let registry = MetricsRegistry()
    try await registry.register(FixedCollector([first]))
    let error = MetricRegistrationError.duplicateName(name, metric: second.name)
    await #expect(throws: error) { try await registry.register(FixedCollector([second])) }
    #expect(error.description.contains("\"\(name)\""))
  }

  @Test func refusesInvalidNames() async {
    let registry = MetricsRegistry()
    let error = MetricRegistrationError.invalidName(InvalidMetricName(name: "a-b", reason: .characters))
    await #expect(throws: error) { try await registry.register(Gauge("a-b", help: "")) }
    #expect(error.description == "metric name \"a-b\" does not match [a-zA-Z_:][a-zA-Z0-9_:]*")
    await #expect(throws: MetricRegistrationError.self) { try await registry.register(Counter("a", help: "")) }
    #expect(await text(registry) == "")
  }

  @Test func aRefusedCollectorLeavesNothing() async throws {
    let registry = MetricsRegistry()
    let good = MetricDescription(name: "good", help: "", type: .gauge)
    let bad = MetricDescription(name: "bad name", help: "", type: .gauge)
    await #expect(throws: MetricRegistrationError.self) { try await registry.register(FixedCollector([good, bad])) }
    #expect(await text(registry) == "")
    try await registry.register(FixedCollector([good]))
    #expect(await text(registry).contains("good 1\n"))
  }

  @Test func countingGoesOnWhileItRenders() async throws {
    let registry = MetricsRegistry()
    let family = CounterFamily("x_total", help: "", labels: ["tenant_id"])
    try await registry.register(family)
    await withTaskGroup { group in
      for task in 0..<4 {
        group.addTask { for turn in 0..<500 { family.with("t\(turn % 50 + task)").increment() } }
        group.addTask { for _ in 0..<20 { _ = await registry.render(.openMetrics) } }
      }
    }
    let values = await text(registry).split(separator: "\n").filter { !$0.hasPrefix("#") }
      .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
    #expect(values.reduce(0, +) == 2000)
  }

  private func text(_ registry: MetricsRegistry, _ format: ExpositionFormat = .text) async -> String {
    String(decoding: await registry.render(format), as: UTF8.self)
  }
}

/// Shows metrics that are always 1.
private struct FixedCollector: MetricCollector {
  let metrics: [MetricDescription]

  init(_ metrics: [MetricDescription]) {
    self.metrics = metrics
  }

  func collect() -> [MetricFamily] {
    metrics.map { MetricFamily($0, samples: [MetricSample(.integer(1))]) }
  }
}
