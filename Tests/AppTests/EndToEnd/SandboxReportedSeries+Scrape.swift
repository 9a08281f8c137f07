extension SandboxReportedSeries {
  /// Whether Prometheus made the series itself, about the scrape. Where the last scrape was broken off,
  /// these say so and are not marked as stale.
  var isAboutTheScrape: Bool {
    guard let name = labels["__name__"] else { return false }
    return name == "up" || name.hasPrefix("scrape_")
  }
}
