/// Makes write requests of all kinds: what senders send, and what they could.
package struct RequestGenerator {
  /// Where the choices come from.
  package var random: SplitMix64

  /// A label that all series of the request have, so that one tenant gets all of it.
  private var commonLabel: Prometheus_Label?

  private static let metrics = ["up", "http_requests_total", "größe", "http.server.duration"]
  private static let help = ["", "How many.", "Zeilen\nund \"Zeichen\" 🙂", String(repeating: "text ", count: 60)]

  package init(random: SplitMix64) {
    self.random = random
  }

  /// A request: series and metadata, in some of the cases none of the one or the other.
  package mutating func request() -> Prometheus_WriteRequest {
    var request = Prometheus_WriteRequest()
    commonLabel = random.oneIn(2) ? label(random.pick(TenantNames.labels), random.pick(TenantNames.valid)) : nil
    if !random.oneIn(10) { request.timeseries = list(upTo: 12) { $0.series() } }
    if random.oneIn(2) { request.metadata = list(upTo: 4) { $0.metadata() } }
    return request
  }

  private mutating func list<Element>(
    upTo most: Int, _ element: (inout RequestGenerator) -> Element
  ) -> [Element] {
    (0..<random.below(most + 1)).map { _ in element(&self) }
  }

  private mutating func series() -> Prometheus_TimeSeries {
    var series = Prometheus_TimeSeries()
    series.labels = labels()
    series.samples = list(upTo: 3) { $0.sample() }
    if random.oneIn(3) { series.exemplars = list(upTo: 2) { $0.exemplar() } }
    if random.oneIn(3) { series.histograms = list(upTo: 2) { $0.histogram() } }
    return series
  }

  // MARK: Labels

  private mutating func labels() -> [Prometheus_Label] {
    var labels = [label("__name__", random.pick(Self.metrics))]
    labels += list(upTo: 4) { $0.tenantLabel() }
    if let commonLabel { labels.append(commonLabel) }
    labels += list(upTo: 4) { $0.plainLabel() }
    if random.oneIn(6) { return labels.shuffled(using: &random) }
    if random.oneIn(6) { labels.append(random.pick(labels)) }
    return labels.sorted { $0.name < $1.name }
  }

  private mutating func tenantLabel() -> Prometheus_Label {
    let name = random.pick(TenantNames.labels)
    return switch random.below(10) {
    case 0: label(name, "")
    case 1: label(name, random.pick(TenantNames.invalid))
    default: label(name, random.pick(TenantNames.valid))
    }
  }

  private mutating func plainLabel() -> Prometheus_Label {
    label(random.pick(["job", "instance", "ténant_id", "tenant_ix", "b", ""]), random.pick(Self.help))
  }

  private func label(_ name: String, _ value: String) -> Prometheus_Label {
    var label = Prometheus_Label()
    label.name = name
    label.value = value
    return label
  }

  // MARK: Values

  private mutating func sample() -> Prometheus_Sample {
    var sample = Prometheus_Sample()
    sample.value = double()
    sample.timestamp = timestamp()
    return sample
  }

  private mutating func exemplar() -> Prometheus_Exemplar {
    var exemplar = Prometheus_Exemplar()
    exemplar.labels = list(upTo: 2) { generator in
      generator.random.oneIn(3) ? generator.tenantLabel() : generator.plainLabel()
    }
    exemplar.value = double()
    exemplar.timestamp = timestamp()
    return exemplar
  }

  private mutating func metadata() -> Prometheus_MetricMetadata {
    var metadata = Prometheus_MetricMetadata()
    metadata.type = random.pick(Prometheus_MetricMetadata.MetricType.allCases + [.UNRECOGNIZED(99)])
    metadata.metricFamilyName = random.pick(Self.metrics)
    metadata.help = random.pick(Self.help)
    metadata.unit = random.pick(["", "seconds"])
    return metadata
  }

  /// Stale markers, other NaN, a zero with a sign: all that arithmetic would not leave alone.
  private mutating func double() -> Double {
    let special: [UInt64] = [
      0x7FF0_0000_0000_0002, 0x7FF8_0000_0000_0001, 0xFFF8_0000_0000_1234, 0x7FF4_0000_0000_0000,
      (-0.0).bitPattern, Double.infinity.bitPattern, (-Double.infinity).bitPattern, 0, 1,
    ]
    return Double(bitPattern: random.oneIn(2) ? random.pick(special) : random.next())
  }

  private mutating func timestamp() -> Int64 {
    random.oneIn(5)
      ? random.pick([0, -1, .min, .max]) : 1_790_000_000_000 + Int64(random.below(1_000_000))
  }

  // MARK: Histograms

  private mutating func histogram() -> Prometheus_Histogram {
    var histogram = Prometheus_Histogram()
    if random.oneIn(2) { addIntegerCounts(to: &histogram) } else { addFloatCounts(to: &histogram) }
    histogram.sum = double()
    histogram.schema = Int32(random.below(13)) - 4
    histogram.zeroThreshold = double()
    histogram.negativeSpans = list(upTo: 3) { $0.span() }
    histogram.positiveSpans = list(upTo: 3) { $0.span() }
    histogram.resetHint = random.pick(Prometheus_Histogram.ResetHint.allCases)
    histogram.timestamp = timestamp()
    if random.oneIn(3) { histogram.customValues = list(upTo: 20) { $0.double() } }
    return histogram
  }

  private mutating func addIntegerCounts(to histogram: inout Prometheus_Histogram) {
    histogram.countInt = random.next()
    histogram.zeroCountInt = UInt64(random.below(3))
    histogram.negativeDeltas = list(upTo: 5) { Int64(bitPattern: $0.random.next()) }
    histogram.positiveDeltas = list(upTo: 5) { Int64($0.random.below(100)) - 50 }
  }

  private mutating func addFloatCounts(to histogram: inout Prometheus_Histogram) {
    histogram.countFloat = double()
    histogram.zeroCountFloat = double()
    histogram.negativeCounts = list(upTo: 5) { $0.double() }
    histogram.positiveCounts = list(upTo: 5) { $0.double() }
  }

  private mutating func span() -> Prometheus_BucketSpan {
    var span = Prometheus_BucketSpan()
    span.offset = Int32(random.below(100)) - 50
    span.length = UInt32(random.below(1000))
    return span
  }
}
