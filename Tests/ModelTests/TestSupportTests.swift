import TestSupport
import Testing

/// The tests' own tools: what is wrong there would be missed everywhere else.
@Suite struct TestSupportTests {
  @Test(arguments: [UInt64](0..<300))
  func plainBytesAreWhatSwiftProtobufReads(seed: UInt64) throws {
    var generator = RequestGenerator(random: SplitMix64(seed: seed))
    let request = generator.request()
    let decoded = try Prometheus_WriteRequest(decoding: WireLoad(plain: request).body)
    #expect(try decoded.encoded() == request.encoded(), "seed \(seed)")
  }

  /// Odd encodings change no known field, but for the order of the records of a request.
  @Test(arguments: [UInt64](0..<300))
  func quirksKeepTheMessage(seed: UInt64) throws {
    var generator = RequestGenerator(random: SplitMix64(seed: seed))
    let request = generator.request()
    let decoded = try Prometheus_WriteRequest(decoding: WireLoad(quirky: request, random: generator.random).body)
    #expect(known(decoded) == known(request), "seed \(seed)")
  }

  /// The records of a request, without unknown fields, in an order that depends on nothing else.
  private func known(_ request: Prometheus_WriteRequest) -> [[UInt8]] {
    WireLoad(plain: request).records.map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) }
  }

  @Test func splitMix64GivesItsPublishedNumbers() {
    var random = SplitMix64(seed: 1_234_567)
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
  }
}
