package import Model

/// Where a scrape came from.
package protocol ScrapeOrigin: Sendable {
  /// The metrics are written. Called once a scrape.
  func scrapeFinished(_ id: RequestID, _ exposition: [UInt8]) async
}
