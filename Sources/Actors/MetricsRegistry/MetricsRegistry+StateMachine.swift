import Model

extension MetricsRegistry {
  /// The collectors taken in, and the names they have between them.
  struct StateMachine: ~Copyable {
    private var collectors: [any MetricCollector] = []
    private var names: Set<String> = []
    /// The last output. Its memory serves for the next one as soon as nobody reads it any more.
    private var output: [UInt8] = []

    /// Takes a collector in, if no name of its metrics is taken.
    ///
    /// - Throws: what is wrong with a name. Nothing has changed then.
    mutating func register(_ collector: any MetricCollector) throws(MetricRegistrationError) {
      var names = names
      for family in collector.collect() {
        try Self.claim(family.description, &names)
      }
      self.names = names
      collectors.append(collector)
    }

    /// All metrics as they are now, in the order in which they were registered.
    mutating func render(_ format: ExpositionFormat) -> [UInt8] {
      var writer = ExpositionWriter(format, reusing: takeOutput())
      for collector in collectors {
        for family in collector.collect() { writer.write(family) }
      }
      output = writer.finish()
      return output
    }

    private static func claim(
      _ metric: MetricDescription, _ names: inout Set<String>
    ) throws(MetricRegistrationError) {
      do {
        try metric.validate()
      } catch {
        throw .invalidName(error)
      }
      for name in metric.claimedNames.sorted() {
        guard names.insert(name).inserted else { throw .duplicateName(name, metric: metric.name) }
      }
    }

    /// The memory of the last output, given up here so that it has one owner while it is written.
    private mutating func takeOutput() -> [UInt8] {
      defer { output = [] }
      return output
    }
  }
}
