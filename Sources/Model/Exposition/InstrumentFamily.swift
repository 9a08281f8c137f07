import Synchronization

/// Instruments of one name that are told apart by one or two labels.
///
/// Finding an instrument takes a short lock; using it takes none, so whoever counts often keeps what it found.
/// Tenants come from outside, so their number is limited: those beyond the limit share one instrument.
package final class InstrumentFamily<Instrument: MetricInstrument>: MetricCollector {
  private struct State {
    var found: [LabelValues: Instrument] = [:]
    /// In order of appearance, so that the output keeps its order from scrape to scrape.
    var members: [(labels: MetricLabels, instrument: Instrument)] = []
    var tenants: Set<String> = []
  }

  /// What the instruments are.
  package let metric: MetricDescription
  private let labelNames: [String]
  private let tenantPosition: Int?
  private let tenantLimit: Int
  private let make: @Sendable (MetricDescription) -> Instrument
  private let state = Mutex(State())

  /// - Precondition: there are one or two labels, with valid names.
  init(
    _ metric: MetricDescription, labels: [String], tenantLimit: Int,
    make: @escaping @Sendable (MetricDescription) -> Instrument
  ) {
    precondition(1...2 ~= labels.count, "a family has one or two labels")
    labels.forEach(MetricLabels.checkName)
    self.metric = metric
    labelNames = labels
    tenantPosition = labels.firstIndex(of: TenantMetricLabel.name)
    self.tenantLimit = tenantLimit
    self.make = make
  }

  /// The instrument with this value of the only label.
  ///
  /// - Precondition: the family has one label.
  package func with(_ value: String) -> Instrument {
    instrument(LabelValues(first: value))
  }

  /// The instrument with these values of the labels.
  ///
  /// - Precondition: the family has two labels.
  package func with(_ first: String, _ second: String) -> Instrument {
    instrument(LabelValues(first: first, second: second))
  }

  package func collect() -> [MetricFamily] {
    let members = state.withLock { $0.members }
    return [MetricFamily(metric, samples: members.map { MetricSample($0.instrument.reading, labels: $0.labels) })]
  }

  /// The instrument with these values of the labels, as many as there are names.
  func instrument(_ values: LabelValues) -> Instrument {
    precondition(values.count == labelNames.count, "\(metric.name) has \(labelNames.count) labels")
    return state.withLock { state in
      if let found = state.found[values] { return found }
      let values = limited(values, &state.tenants)
      if let found = state.found[values] { return found }
      return add(values, to: &state)
    }
  }

  private func add(_ values: LabelValues, to state: inout State) -> Instrument {
    let instrument = make(metric)
    let labels = labelNames.indices.map { (name: labelNames[$0], value: values[$0]) }
    state.found[values] = instrument
    state.members.append((labels: MetricLabels(labels), instrument: instrument))
    return instrument
  }

  /// The values under which a new instrument goes: those of a tenant beyond the limit lose its name.
  private func limited(_ values: LabelValues, _ tenants: inout Set<String>) -> LabelValues {
    guard let tenantPosition else { return values }
    let tenant = values[tenantPosition]
    guard !tenant.isEmpty, tenant != TenantMetricLabel.other, !tenants.contains(tenant) else { return values }
    if tenants.count < tenantLimit {
      tenants.insert(tenant)
      return values
    }
    var values = values
    values[tenantPosition] = TenantMetricLabel.other
    return values
  }
}
