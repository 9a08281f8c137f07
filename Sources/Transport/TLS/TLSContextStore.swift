internal import Logging
package import Model
internal import Synchronization

/// The context that new connections are given: made anew when its files change, for as long as they are
/// in order.
package final class TLSContextStore: WatchedFiles {
  package let metrics = TLSMetrics()

  private let configuration: TLSConfiguration
  private let context: Mutex<TLSContext>

  /// Reads the files.
  ///
  /// - Throws: `TLSFileError` where they are not in order.
  package init(_ configuration: TLSConfiguration) throws(TLSFileError) {
    self.configuration = configuration
    context = Mutex(try TLSContext(configuration))
    // Shown from the beginning, so that the first failure is an increase.
    for result in ["success", "failure"] { _ = metrics.reloads.with(result) }
  }

  /// The context for a new connection. Those that there are keep theirs.
  package var current: TLSContext { context.withLock { $0 } }

  /// Everything there is to show.
  package var collectors: [any MetricCollector] {
    [
      metrics.reloads, metrics.failedHandshakes,
      GaugeFunction(
        "open_metrics_tls_certificate_expiry_timestamp_seconds",
        help: "When the server's certificate ceases to be valid, in seconds since 1970."
      ) { Double(self.current.expiry) },
    ]
  }

  package var files: [String] { configuration.files }

  package func reload() throws {
    do {
      let new = try TLSContext(configuration)
      context.withLock { $0 = new }
      metrics.reloads.with("success").increment()
    } catch {
      metrics.reloads.with("failure").increment()
      throw error
    }
  }
}
