import Model
import Testing

struct ExpositionWriterTests {
  private static let families = [
    MetricFamily(
      name: "app_samples_total", help: "Samples \"forwarded\".", type: .counter,
      samples: [
        MetricSample(.integer(3), labels: ["tenant_id": "acme", "reason": "a \"b\"\\\n"]),
        MetricSample(.number(0.25), labels: ["tenant_id": "", "reason": "ö"]),
      ]),
    MetricFamily(name: "app_requests", help: "Requests.", type: .legacyCounter, samples: [MetricSample(.integer(7))]),
    MetricFamily(name: "app_level", help: "C:\\level\nnow", type: .gauge, samples: [MetricSample(.number(-.infinity))]),
    MetricFamily(name: "app_unseen", help: "Nothing.", type: .gauge, samples: []),
    MetricFamily(
      name: "app_build_info", help: "", type: .info, samples: [MetricSample(.integer(1), labels: ["v": "1"])]),
    MetricFamily(name: "app_odd", help: "Odd.", type: .unknown, samples: [MetricSample(.number(.nan))]),
    MetricFamily(
      name: "app_duration_seconds", help: "Duration.", type: .histogram,
      samples: [
        MetricSample(.histogram(HistogramReading(bounds: [0.5, 10], counts: [1, 2, 3], sum: 99.5))),
        MetricSample(
          .histogram(HistogramReading(bounds: [1e6], counts: [0, 0], sum: 0)), labels: ["tenant_id": "acme"]),
      ]),
  ]

  private static let text = #"""
    # HELP app_samples_total Samples "forwarded".
    # TYPE app_samples_total counter
    app_samples_total{tenant_id="acme",reason="a \"b\"\\\n"} 3
    app_samples_total{tenant_id="",reason="ö"} 0.25
    # HELP app_requests Requests.
    # TYPE app_requests counter
    app_requests 7
    # HELP app_level C:\\level\nnow
    # TYPE app_level gauge
    app_level -Inf
    # HELP app_build_info 
    # TYPE app_build_info gauge
    app_build_info{v="1"} 1
    # HELP app_odd Odd.
    # TYPE app_odd untyped
    app_odd NaN
    # HELP app_duration_seconds Duration.
    # TYPE app_duration_seconds histogram
    app_duration_seconds_bucket{le="0.5"} 1
    app_duration_seconds_bucket{le="10"} 3
    app_duration_seconds_bucket{le="+Inf"} 6
    app_duration_seconds_sum 99.5
    app_duration_seconds_count 6
    app_duration_seconds_bucket{tenant_id="acme",le="1e+06"} 0
    app_duration_seconds_bucket{tenant_id="acme",le="+Inf"} 0
    app_duration_seconds_sum{tenant_id="acme"} 0
    app_duration_seconds_count{tenant_id="acme"} 0

    """#

  private static let openMetrics = #"""
    # HELP app_samples Samples \"forwarded\".
    # TYPE app_samples counter
    app_samples_total{tenant_id="acme",reason="a \"b\"\\\n"} 3
    app_samples_total{tenant_id="",reason="ö"} 0.25
    # HELP app_requests Requests.
    # TYPE app_requests unknown
    app_requests 7
    # HELP app_level C:\\level\nnow
    # TYPE app_level gauge
    app_level -Inf
    # HELP app_build 
    # TYPE app_build info
    app_build_info{v="1"} 1
    # HELP app_odd Odd.
    # TYPE app_odd unknown
    app_odd NaN
    # HELP app_duration_seconds Duration.
    # TYPE app_duration_seconds histogram
    app_duration_seconds_bucket{le="0.5"} 1
    app_duration_seconds_bucket{le="10.0"} 3
    app_duration_seconds_bucket{le="+Inf"} 6
    app_duration_seconds_sum 99.5
    app_duration_seconds_count 6
    app_duration_seconds_bucket{tenant_id="acme",le="1e+06"} 0
    app_duration_seconds_bucket{tenant_id="acme",le="+Inf"} 0
    app_duration_seconds_sum{tenant_id="acme"} 0
    app_duration_seconds_count{tenant_id="acme"} 0
    # EOF

    """#

  @Test(arguments: [(ExpositionFormat.text, text), (.openMetrics, openMetrics)])
  func golden(format: ExpositionFormat, expected: String) {
    #expect(Self.write(Self.families, format) == expected)
  }

  @Test(arguments: [(ExpositionFormat.text, ""), (.openMetrics, "# EOF\n")])
  func nothing(format: ExpositionFormat, expected: String) {
    #expect(Self.write([], format) == expected)
  }

  /// Raw text, then as help in text 0.0.4, as help in OpenMetrics, and as the value of a label in both.
  @Test(arguments: [
    ("plain", "plain", "plain", "plain"),
    ("", "", "", ""),
    (#"a"b"#, #"a"b"#, #"a\"b"#, #"a\"b"#),
    (#"a\b"#, #"a\\b"#, #"a\\b"#, #"a\\b"#),
    ("a\nb", #"a\nb"#, #"a\nb"#, #"a\nb"#),
    (#"a\nb"#, #"a\\nb"#, #"a\\nb"#, #"a\\nb"#),
    ("\\\"\n", #"\\"\n"#, #"\\\"\n"#, #"\\\"\n"#),
    ("a\tb\r{}=, ü", "a\tb\r{}=, ü", "a\tb\r{}=, ü", "a\tb\r{}=, ü"),
  ])
  func escaping(raw: String, textHelp: String, openMetricsHelp: String, label: String) {
    let family = MetricFamily(
      name: "x", help: raw, type: .gauge, samples: [MetricSample(.integer(1), labels: ["l": raw])])
    #expect(Self.write([family], .text) == "# HELP x \(textHelp)\n# TYPE x gauge\nx{l=\"\(label)\"} 1\n")
    #expect(
      Self.write([family], .openMetrics)
        == "# HELP x \(openMetricsHelp)\n# TYPE x gauge\nx{l=\"\(label)\"} 1\n# EOF\n")
  }

  @Test func bufferIsEmptiedAndReused() {
    var buffer = [UInt8](repeating: 1, count: 4096)
    buffer.reserveCapacity(10_000)
    let output = ExpositionWriter(.openMetrics, reusing: buffer).finish()
    #expect(output == Array("# EOF\n".utf8))
    #expect(output.capacity >= 10_000)
    #expect(buffer.count == 4096)
  }

  private static func write(_ families: [MetricFamily], _ format: ExpositionFormat) -> String {
    var writer = ExpositionWriter(format)
    for family in families { writer.write(family) }
    return String(decoding: writer.finish(), as: UTF8.self)
  }
}
