import Model
import Testing

struct ExpositionNameTests {
  static let names: [(name: String, type: MetricType, problem: InvalidMetricName.Reason?)] = [
    ("x", .gauge, nil),
    ("ns:x_1", .gauge, nil),
    ("_x", .histogram, nil),
    ("X9", .unknown, nil),
    ("x_total", .counter, nil),
    ("x_info", .info, nil),
    ("x", .legacyCounter, nil),
    ("", .gauge, .characters),
    ("1x", .gauge, .characters),
    ("a-b", .gauge, .characters),
    ("a b", .gauge, .characters),
    ("ä", .gauge, .characters),
    ("x", .counter, .missingSuffix("_total")),
    ("_total", .counter, .missingSuffix("_total")),
    ("x_info", .counter, .missingSuffix("_total")),
    ("x", .info, .missingSuffix("_info")),
    ("x_total", .legacyCounter, .foreignSuffix("_total")),
    ("x_total", .gauge, .foreignSuffix("_total")),
    ("x_info", .gauge, .foreignSuffix("_info")),
  ]

  @Test(arguments: names)
  func validity(name: String, type: MetricType, expected: InvalidMetricName.Reason?) {
    var reason: InvalidMetricName.Reason?
    do throws(InvalidMetricName) {
      try MetricDescription(name: name, help: "", type: type).validate()
    } catch {
      reason = error.reason
      #expect(error.description.contains("\"\(name)\""))
    }
    #expect(reason == expected)
  }

  static let claimed: [(name: String, type: MetricType, names: Set<String>)] = [
    ("x_total", .counter, ["x", "x_total"]),
    ("x", .legacyCounter, ["x"]),
    ("x_info", .info, ["x", "x_info"]),
    ("x", .gauge, ["x"]),
    ("x", .histogram, ["x", "x_bucket", "x_sum", "x_count"]),
  ]

  @Test(arguments: claimed)
  func claims(name: String, type: MetricType, expected: Set<String>) {
    #expect(MetricDescription(name: name, help: "", type: type).claimedNames == expected)
  }
}
