import Model
import Testing

struct ExpositionFormatTests {
  /// What the scrapers of Prometheus and others really send.
  static let scraperHeaders: [(accept: String?, expected: ExpositionFormat)] = [
    (nil, .text),
    ("", .text),
    ("*/*", .text),
    (prometheus2, .openMetrics),
    ("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;q=0.9," + prometheus2, .openMetrics),
    (prometheus3, .openMetrics),
    // Prometheus 3, scrape_protocols: [PrometheusText1.0.0, PrometheusText0.0.4].
    ("text/plain;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.4", .text),
    // Prometheus 3, scrape_protocols: [PrometheusText0.0.4, OpenMetricsText1.0.0].
    ("text/plain;version=0.0.4;q=0.6,application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.4", .text),
    // Prometheus 2.5 knew no version but this.
    ("application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", .text),
    // Prometheus 2.0.
    ("text/plain;version=0.0.4;q=1,*/*;q=0.1", .text),
    // Browsers.
    ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8", .text),
  ]

  /// Prometheus 2.42; with native histograms it names protobuf before all this.
  static let prometheus2 = """
    application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,\
    text/plain;version=0.0.4;q=0.5,*/*;q=0.1
    """

  static let prometheus3 = """
    application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,\
    application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,\
    text/plain;version=0.0.4;q=0.3,*/*;q=0.2
    """

  @Test(arguments: scraperHeaders)
  func scrapers(accept: String?, expected: ExpositionFormat) {
    #expect(ExpositionFormat(accept: accept) == expected)
  }

  static let headers: [(accept: String, expected: ExpositionFormat)] = [
    ("application/openmetrics-text", .openMetrics),
    ("Application/OpenMetrics-Text; Version=1.0.0; charset=utf-8", .openMetrics),
    (" application/openmetrics-text ;\tversion=\"1.0.0\" ; q=0.1 ", .openMetrics),
    ("application/openmetrics-text;version=2.0.0", .text),
    ("application/openmetrics-text;q=0", .text),
    ("application/openmetrics-text;q=0,*/*", .text),
    ("application/openmetrics-text;q=0.4,text/plain;q=0.5", .text),
    ("application/openmetrics-text;q=0.5,text/plain;q=0.5", .openMetrics),
    ("text/plain,application/openmetrics-text", .openMetrics),
    ("application/*", .openMetrics),
    ("application/*,text/*", .text),
    ("text/plain;q=0,*/*;q=0.5", .openMetrics),
    // The most specific range counts, not the largest number.
    ("application/openmetrics-text;version=1.0.0;q=0.1,*/*;q=0.9", .text),
    ("application/openmetrics-text;q=0.9,application/openmetrics-text;version=1.0.0;q=0.1,text/plain;q=0.5", .text),
    // What cannot be read counts as if it were not there.
    ("application/openmetrics-text;q=much,text/plain;q=0.5", .openMetrics),
    ("application/openmetrics-text;q=7,text/plain;q=0.5", .openMetrics),
    ("application/openmetrics-text;q=nan,text/plain;q=0.5", .openMetrics),
    (",,;;=,/,*,*/plain,application", .text),
    ("image/png", .text),
  ]

  @Test(arguments: headers)
  func negotiation(accept: String, expected: ExpositionFormat) {
    #expect(ExpositionFormat(accept: accept) == expected)
  }

  @Test func contentTypes() {
    #expect(ExpositionFormat.text.contentType == "text/plain; version=0.0.4; charset=utf-8")
    #expect(
      ExpositionFormat.openMetrics.contentType == "application/openmetrics-text; version=1.0.0; charset=utf-8")
  }
}
