import Testing

@testable import App

struct SandboxTextTests {
  @Test(arguments: [
    (0, "0"), (-0.0, "-0"), (1, "1"), (-2.5, "-2.5"), (0.1, "0.1"), (0.0001, "0.0001"), (0.00001, "1e-05"),
    (123_456, "123456"), (1_000_000, "1e+06"), (1_234_567, "1.234567e+06"), (12_345_678.25, "1.234567825e+07"),
    (-1e16, "-1e+16"), (1.5e300, "1.5e+300"), (.leastNonzeroMagnitude, "5e-324"), (0.000012345, "1.2345e-05"),
    (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
  ])
  func writesNumbersAsGo(_ number: Double, _ text: String) {
    #expect(GoText.number(number) == text)
  }

  @Test(arguments: [
    ("", #""""#), ("a b", #""a b""#), (#"a"b\"#, #""a\"b\\""#),
    ("\n\r\t\u{07}\u{08}\u{0B}\u{0C}", #""\n\r\t\a\b\v\f""#),
    ("\u{00}\u{7F}", #""\x00\x7f""#), ("é", #""é""#), ("\u{85}\u{A0}\u{2028}", #""\u0085\u00a0\u2028""#),
    ("\u{E0001}", #""\U000e0001""#),
  ])
  func quotesAsGo(_ text: String, _ quoted: String) {
    #expect(GoText.quoted(text) == quoted)
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59.999Z"), (951_782_400_000, "2000-02-29T00:00:00Z"),
    (1_795_420_586_957, "2026-11-23T07:56:26.957Z"), (1_795_420_586_900, "2026-11-23T07:56:26.9Z"),
    (4_107_542_399_050, "2100-02-28T23:59:59.05Z"), (4_107_542_400_000, "2100-03-01T00:00:00Z"),
    (-62_135_596_800_000, "0001-01-01T00:00:00Z"), (Int64.max, "292278994-08-17T07:12:55.807Z"),
    (Int64.min, "-292275055-05-16T16:47:04.192Z"),
  ])
  func writesTimes(_ milliseconds: Int64, _ text: String) {
    #expect(GoText.time(milliseconds: milliseconds) == text)
  }

  @Test(
    arguments: [
      ([], "{}", "{}"), ([("__name__", "m")], #"{__name__="m"}"#, "m"), ([("a", "1")], #"{a="1"}"#, #"{a="1"}"#),
      ([("__name__", "m"), ("a", "\"")], #"{__name__="m", a="\""}"#, #"m{a="\""}"#),
    ] as [([(String, String)], String, String)])
  func writesLabels(_ labels: [(String, String)], _ asSet: String, _ asMetric: String) {
    let labels = labels.map { SandboxLabel(name: $0.0, value: $0.1) }
    #expect(GoText.labels(labels) == asSet)
    #expect(GoText.metric(labels) == asMetric)
  }
}
