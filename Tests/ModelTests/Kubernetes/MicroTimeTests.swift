import Model
import TestSupport
import Testing

struct MicroTimeTests {
  @Test(
    arguments: [
      (1_795_420_800, "2026-11-23T08:00:00.000000Z"), (0, "1970-01-01T00:00:00.000000Z"),
      (1_700_000_000.5, "2023-11-14T22:13:20.500000Z"), (1_700_000_000.000001, "2023-11-14T22:13:20.000001Z"),
      (1_700_000_000.9999999, "2023-11-14T22:13:21.000000Z"), (-0.25, "1969-12-31T23:59:59.750000Z"),
    ])
  func thereAreExactlySixDigits(seconds: Double, text: String) {
    #expect(MicroTime.text(seconds) == text)
  }

  @Test(
    arguments: [
      ("2026-11-23T08:00:00Z", 1_795_420_800), ("2026-11-23T08:00:00.5Z", 1_795_420_800.5),
      ("2026-11-23T08:00:00.123456789Z", 1_795_420_800.123456789), ("2026-11-23T10:00:00.25+02:00", 1_795_420_800.25),
    ])
  func anyNumberOfDigitsIsRead(text: String, seconds: Double) {
    #expect(MicroTime.seconds(text) == seconds)
  }

  @Test(arguments: ["", "now", "2026-11-23", "2026-11-23T08:00:00", "2026-13-23T08:00:00.000000Z"])
  func whatIsNoTimeIsRefused(_ text: String) {
    #expect(MicroTime.seconds(text) == nil)
  }

  @Test func whatIsWrittenIsRead() throws {
    var random = SplitMix64(seed: 7)
    for _ in 0..<1000 {
      let microseconds = Int64.random(in: 0...4_000_000_000_000_000, using: &random)
      let seconds = try #require(MicroTime.seconds(MicroTime.text(Double(microseconds) / 1e6)))
      #expect(Int64((seconds * 1e6).rounded()) == microseconds)
    }
  }
}
