import Model
import Testing

/// Durations as rules and PromQL write them.
@Suite struct PromDurationTests {
  @Test(arguments: [
    ("0", 0), ("0s", 0), ("0y0w0d0h0m0s0ms", 0), ("1ms", 1), ("1s", 1000), ("300s", 300_000), ("5m", 300_000),
    ("1h", 3_600_000), ("1d", 86_400_000), ("1w", 604_800_000), ("1y", 31_536_000_000), ("1h30m", 5_400_000),
    ("1h90m", 9_000_000), ("05m", 300_000), ("1y1w1d1h1m1s1ms", 32_230_861_001), ("292y", 9_208_512_000_000),
    ("9223372036854ms", 9_223_372_036_854),
  ])
  func aDurationIsRead(text: String, milliseconds: Int64) throws {
    let duration = try PromDuration(text)
    #expect(duration.milliseconds == milliseconds)
    #expect(duration == PromDuration(milliseconds: milliseconds))
  }

  @Test(arguments: [
    ("", "empty duration string"),
    ("1", #"not a valid duration string: "1""#),
    ("5", #"not a valid duration string: "5""#),
    ("00", #"not a valid duration string: "00""#),
    ("m", #"not a valid duration string: "m""#),
    ("-1m", #"not a valid duration string: "-1m""#),
    ("+1m", #"not a valid duration string: "+1m""#),
    (" 1m", #"not a valid duration string: " 1m""#),
    ("1m ", #"unknown unit "m " in duration "1m ""#),
    ("1 m", #"unknown unit " m" in duration "1 m""#),
    ("1.5h", #"unknown unit "." in duration "1.5h""#),
    ("1M", #"unknown unit "M" in duration "1M""#),
    ("1min", #"unknown unit "min" in duration "1min""#),
    ("1us", #"unknown unit "us" in duration "1us""#),
    ("1mss", #"unknown unit "mss" in duration "1mss""#),
    ("5y1hs", #"unknown unit "hs" in duration "5y1hs""#),
    ("1ü", #"unknown unit "ü" in duration "1ü""#),
    ("1\n", #"unknown unit "\n" in duration "1\n""#),
    ("1m1h", #"not a valid duration string: "1m1h""#),
    ("1m1m", #"not a valid duration string: "1m1m""#),
    ("1ms1s", #"not a valid duration string: "1ms1s""#),
    ("1m1", #"not a valid duration string: "1m1""#),
    ("99999999999999999999s", #"not a valid duration string: "99999999999999999999s""#),
    ("293y", "duration out of range"),
    ("9223372037s", "duration out of range"),
    ("9223372036s855ms", "duration out of range"),
    ("292y200d", "duration out of range"),
    ("18446744073709551615ms", "duration out of range"),
  ])
  func whatIsNoneIsRefusedInPrometheusWords(text: String, message: String) {
    let error = #expect(throws: InvalidPromDuration.self) { try PromDuration(text) }
    #expect(error?.description == message)
  }

  @Test(arguments: [
    ("0", "0s"), ("0ms", "0s"), ("60s", "1m"), ("14d", "2w"), ("90d", "90d"), ("365d", "1y"), ("366d", "366d"),
    ("1y1w", "372d"), ("7d1h", "7d1h"), ("1h90m", "2h30m"), ("1500ms", "1s500ms"), ("24h", "1d"), ("168h", "1w"),
    ("3600s", "1h"), ("1y1ms", "365d1ms"), ("730d", "2y"), ("1d12h", "1d12h"), ("100s", "1m40s"),
  ])
  func itIsPrintedInOneForm(text: String, printed: String) throws {
    let duration = try PromDuration(text)
    #expect(duration.description == printed)
    #expect(try PromDuration(printed) == duration)
  }

  @Test(arguments: [
    (-300_000_000_000, "-5m"), (-1_209_600_000_000_000, "-2w"), (-1_500_000_000, "-1s500ms"), (999_999, "0s"),
    (-999_999, "0s"), (Int64.min, "-106751d23h47m16s854ms"), (Int64.max, "106751d23h47m16s854ms"),
  ])
  func negativeAndTinyOnesArePrinted(nanoseconds: Int64, printed: String) {
    #expect(PromDuration(nanoseconds: nanoseconds).description == printed)
  }

  @Test func unitsCanBeRead() {
    #expect(PromDuration(milliseconds: 1500).seconds == 1.5)
    #expect(PromDuration(nanoseconds: 1_999_999).milliseconds == 1)
    #expect(PromDuration(milliseconds: .max).nanoseconds == .max)
    #expect(PromDuration(milliseconds: .min).nanoseconds == .min)
    #expect(PromDuration.zero < PromDuration(milliseconds: 1))
  }
}
