package import Model

/// Knows all metrics of the process, and writes them for whoever scrapes it.
///
/// Nobody comes here to count: instruments are shared objects that count by themselves.
package actor MetricsRegistry {
  private var state = StateMachine()

  /// Where scrapes are handed in.
  package nonisolated let scrapes: Mailbox<Scrape>

  /// - Parameter scrapes: bounds the scrapes that wait.
  package init(scrapes: Mailbox<Scrape> = Mailbox(capacity: 64)) {
    self.scrapes = scrapes
  }

  /// Answers scrapes until the mailbox is closed.
  package func run() async {
    for await scrape in scrapes.messages {
      await scrape.origin.scrapeFinished(scrape.id, render(scrape.format))
      scrapes.release()
    }
  }

  /// Takes in what has metrics to show.
  ///
  /// - Throws: what is wrong with a name; the collector is not taken in then.
  package func register(_ collector: any MetricCollector) throws(MetricRegistrationError) {
    try state.register(collector)
  }

  /// Takes in several collectors, in order.
  ///
  /// - Throws: what is wrong with a name; the collectors before the one that has it are taken in then.
  package func register(_ collectors: [any MetricCollector]) throws(MetricRegistrationError) {
    for collector in collectors { try state.register(collector) }
  }

  /// All metrics as they are now, in the order in which they were registered.
  package func render(_ format: ExpositionFormat) -> [UInt8] {
    state.render(format)
  }
}
