import Testing

@testable import Model

struct ExpositionNumberTests {
  /// Numbers, their text, and their text as the bound of a bucket in OpenMetrics. The canonical ones are from the
  /// OpenMetrics specification.
  static let table: [(number: Double, shortest: String, canonical: String)] = [
    (0, "0", "0.0"), (-0.0, "-0", "-0.0"),
    (0.001, "0.001", "0.001"), (0.002, "0.002", "0.002"), (0.01, "0.01", "0.01"), (0.1, "0.1", "0.1"),
    (0.9, "0.9", "0.9"), (0.95, "0.95", "0.95"), (0.99, "0.99", "0.99"), (0.999, "0.999", "0.999"),
    (1, "1", "1.0"), (1.7, "1.7", "1.7"), (10, "10", "10.0"), (100, "100", "100.0"), (1000, "1000", "1000.0"),
    (10_000, "10000", "10000.0"), (100_000, "100000", "100000.0"),
    (1e-10, "1e-10", "1e-10"), (1e-09, "1e-09", "1e-09"), (1e-05, "1e-05", "1e-05"), (1e-04, "0.0001", "0.0001"),
    (1e06, "1e+06", "1e+06"), (1e07, "1e+07", "1e+07"), (1e10, "1e+10", "1e+10"), (1e16, "1e+16", "1e+16"),
    (.infinity, "+Inf", "+Inf"), (-.infinity, "-Inf", "-Inf"), (.nan, "NaN", "NaN"), (-.nan, "NaN", "NaN"),
    (1_234_567, "1.234567e+06", "1.234567e+06"), (123_456, "123456", "123456.0"),
    (123_456.789, "123456.789", "123456.789"),
    (1_700_000_000.25, "1.70000000025e+09", "1.70000000025e+09"), (-12.5, "-12.5", "-12.5"),
    (0.000012345, "1.2345e-05", "1.2345e-05"), (0.00012345, "0.00012345", "0.00012345"),
    (.leastNonzeroMagnitude, "5e-324", "5e-324"),
    (.greatestFiniteMagnitude, "1.7976931348623157e+308", "1.7976931348623157e+308"),
    (0.1 + 0.2, "0.30000000000000004", "0.30000000000000004"),
    (9_007_199_254_740_992, "9.007199254740992e+15", "9.007199254740992e+15"),
    (2000, "2000", "2000.0"), (0.005, "0.005", "0.005"), (2.5, "2.5", "2.5"),
  ]

  @Test(arguments: table)
  func text(number: Double, shortest: String, canonical: String) {
    #expect(NumberText.shortest(number) == shortest)
    #expect(NumberText.canonical(number) == canonical)
  }

  @Test func everyNumberReadsBack() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let number = Double(bitPattern: generator.next())
      guard number.isFinite else { continue }
      #expect(Double(NumberText.shortest(number)) == number)
      #expect(Double(NumberText.canonical(number)) == number)
    }
  }
}
