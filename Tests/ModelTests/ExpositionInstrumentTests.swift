import Model
import Testing

struct ExpositionInstrumentTests {
  @Test func counterCountsFromManyTasks() async {
    let counter = Counter("x_total", help: "")
    let family = CounterFamily("y_total", help: "", labels: ["code"])
    let histogram = Histogram("z", help: "", bounds: [1, 2])
    let gauge = Gauge("g", help: "")
    await withTaskGroup { group in
      for task in 0..<8 {
        group.addTask {
          for turn in 0..<1000 {
            counter.increment()
            family.with(String(turn % 5)).increment(by: 2)
            histogram.observe(Double(turn % 4))
            gauge.increment(by: task)
            gauge.decrement()
          }
        }
      }
    }
    #expect(counter.value == 8000)
    #expect((0..<5).map { family.with(String($0)).value } == Array(repeating: 3200, count: 5))
    #expect(histogram.value == HistogramReading(bounds: [1, 2], counts: [4000, 2000, 2000], sum: 12_000))
    #expect(gauge.value == 28_000 - 8000)
  }

  @Test func gaugeIsSet() {
    let gauge = Gauge("g", help: "Level.")
    gauge.set(-4)
    #expect(
      gauge.collect() == [MetricFamily(name: "g", help: "Level.", type: .gauge, samples: [MetricSample(.integer(-4))])])
  }

  @Test(arguments: [CounterNaming.standard, .legacy])
  func namingDecidesTheType(naming: CounterNaming) {
    #expect(Counter("x", help: "", naming: naming).metric.type == naming.type)
    #expect(CounterFamily("x", help: "", naming: naming, labels: ["l"]).metric.type == naming.type)
  }

  /// The observation, and the bucket it falls into.
  @Test(arguments: [
    (-1.0, 0), (0, 0), (10, 0), (10.000001, 1), (50, 1), (100, 2), (100.1, 3), (.infinity, 3), (.nan, 3),
  ])
  func boundsAreInclusive(value: Double, bucket: Int) {
    let histogram = Histogram("x", help: "", bounds: [10, 50, 100])
    histogram.observe(value)
    #expect(histogram.value.counts.firstIndex(of: 1) == bucket)
    #expect(histogram.value.count == 1)
    #expect(histogram.value.sum == value || value.isNaN && histogram.value.sum.isNaN)
  }

  @Test func histogramWithoutBoundsHasOneBucket() {
    let histogram = Histogram("x", help: "", bounds: [])
    histogram.observe(3)
    #expect(histogram.value == HistogramReading(bounds: [], counts: [1], sum: 3))
  }

  @Test func gaugeFunctionReadsAtEveryCollection() {
    let level = Gauge("hidden", help: "")
    let function = GaugeFunction("x", help: "X.", labels: ["role": "proxy"]) { Double(level.value) / 2 }
    level.set(3)
    #expect(function.collect().first?.samples == [MetricSample(.number(1.5), labels: ["role": "proxy"])])
    level.set(4)
    #expect(function.collect().first?.samples == [MetricSample(.number(2), labels: ["role": "proxy"])])
  }

  // MARK: Families

  @Test func familyKeepsItsInstrumentsInOrder() {
    let family = CounterFamily("x_total", help: "", labels: ["tenant_id", "reason"])
    family.with("b", "late").increment()
    family.with("a", "early").increment(by: 2)
    family.with("b", "late").increment()
    #expect(family.with("b", "late") === family.with("b", "late"))
    #expect(
      family.collect().first?.samples == [
        MetricSample(.integer(2), labels: ["tenant_id": "b", "reason": "late"]),
        MetricSample(.integer(2), labels: ["tenant_id": "a", "reason": "early"]),
      ])
  }

  @Test func tenantsBeyondTheLimitShareOne() {
    let family = CounterFamily("x_total", help: "", labels: ["tenant_id"], tenantLimit: 2)
    for tenant in ["a", "b", "c", "d", "a", "", "__other__"] { family.with(tenant).increment() }
    #expect(family.with("c") === family.with("__other__"))
    #expect(
      family.collect().first?.samples == [
        MetricSample(.integer(2), labels: ["tenant_id": "a"]),
        MetricSample(.integer(1), labels: ["tenant_id": "b"]),
        MetricSample(.integer(3), labels: ["tenant_id": "__other__"]),
        MetricSample(.integer(1), labels: ["tenant_id": ""]),
      ])
  }

  @Test func limitCountsTenantsNotCombinations() {
    let family = CounterFamily("x_total", help: "", labels: ["reason", "tenant_id"], tenantLimit: 1)
    for reason in ["r", "s"] {
      for tenant in ["a", "b", "c"] { family.with(reason, tenant).increment() }
    }
    #expect(
      family.collect().first?.samples == [
        MetricSample(.integer(1), labels: ["reason": "r", "tenant_id": "a"]),
        MetricSample(.integer(2), labels: ["reason": "r", "tenant_id": "__other__"]),
        MetricSample(.integer(1), labels: ["reason": "s", "tenant_id": "a"]),
        MetricSample(.integer(2), labels: ["reason": "s", "tenant_id": "__other__"]),
      ])
  }

  @Test func otherLabelsHaveNoLimit() {
    let family = CounterFamily("x_total", help: "", labels: ["code"], tenantLimit: 1)
    for code in 0..<5 { family.with(String(code)).increment() }
    #expect(family.collect().first?.samples.count == 5)
  }

  @Test func limitIsTenThousandWhereNothingElseIsSaid() {
    let family = CounterFamily("x_total", help: "", labels: ["tenant_id"])
    for tenant in 0..<10_010 { family.with("t\(tenant)").increment() }
    let samples = family.collect().first?.samples ?? []
    #expect(samples.count == 10_001)
    #expect(samples.last == MetricSample(.integer(10), labels: ["tenant_id": "__other__"]))
  }

  @Test func limitHoldsUnderConcurrency() async {
    let family = CounterFamily("x_total", help: "", labels: ["tenant_id"], tenantLimit: 10)
    await withTaskGroup { group in
      for _ in 0..<4 {
        group.addTask { for tenant in 0..<100 { family.with("t\(tenant)").increment() } }
      }
    }
    let samples = family.collect().first?.samples ?? []
    #expect(samples.count == 11)
    let total = samples.reduce(0) { total, sample in
      if case .integer(let value) = sample.value { total + value } else { total }
    }
    #expect(total == 400)
  }

  @Test func familiesOfOtherInstruments() {
    let histograms = HistogramFamily("h", help: "", labels: ["tenant_id"], bounds: [1])
    histograms.with("a").observe(2)
    let gauges = GaugeFamily("g", help: "", labels: ["state"])
    gauges.with("up").set(1)
    #expect(
      histograms.collect().first?.samples == [
        MetricSample(
          .histogram(HistogramReading(bounds: [1], counts: [0, 1], sum: 2)), labels: ["tenant_id": "a"])
      ])
    #expect(gauges.collect().first?.samples == [MetricSample(.integer(1), labels: ["state": "up"])])
  }

  // MARK: Mistakes in the source

  #if os(Linux) || os(macOS)
    @Test func impossibleLabelNamesStopTheProgram() async {
      await #expect(processExitsWith: .failure) { _ = MetricLabels([(name: "le", value: "1")]) }
      await #expect(processExitsWith: .failure) { _ = MetricLabels([(name: "a-b", value: "1")]) }
      await #expect(processExitsWith: .failure) { _ = CounterFamily("x_total", help: "", labels: ["__x"]) }
      await #expect(processExitsWith: .failure) { _ = CounterFamily("x_total", help: "", labels: ["a", "b", "c"]) }
      await #expect(processExitsWith: .failure) { _ = CounterFamily("x_total", help: "", labels: ["a"]).with("1", "2") }
    }

    @Test func impossibleBoundsStopTheProgram() async {
      await #expect(processExitsWith: .failure) { _ = Histogram("x", help: "", bounds: [2, 1]) }
      await #expect(processExitsWith: .failure) { _ = Histogram("x", help: "", bounds: [1, .infinity]) }
    }
  #endif
}
