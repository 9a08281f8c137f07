/// Anything that has metrics to show.
package protocol MetricCollector: Sendable {
  /// The metrics as they are now. Called at registration, to learn the names, and for every scrape, on any thread.
  ///
  /// The families are the same in every call, even where one of them has no samples at the moment. Must return
  /// soon: the scrape waits.
  func collect() -> [MetricFamily]
}
