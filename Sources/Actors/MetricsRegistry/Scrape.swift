package import Model

/// A request for the metrics of this process.
package struct Scrape: Sendable {
  /// Tells the scraper's requests apart.
  package var id: RequestID
  /// The format in which the metrics are wanted.
  package var format: ExpositionFormat
  /// Who wants them.
  package var origin: any ScrapeOrigin

  package init(id: RequestID, format: ExpositionFormat, origin: any ScrapeOrigin) {
    self.id = id
    self.format = format
    self.origin = origin
  }
}
