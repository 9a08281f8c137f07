/// Hashes the bytes of tenant label values, eight at a time.
///
/// The seed is drawn anew for each process: label values come from strangers, who must not be able to
/// make them collide on purpose.
struct ValueHash {
  private let seed: UInt64

  init() {
    seed = UInt64.random(in: .min ... .max)
  }

  /// The hash of a value of up to eight bytes, which are given as a number.
  @inline(__always)
  func callAsFunction(length: Int, _ word: UInt64) -> UInt64 {
    Self.mix(seed ^ UInt64(truncatingIfNeeded: length), word)
  }

  /// The hash of a value of any length.
  @inline(__always)
  func callAsFunction(_ body: RawSpan, _ range: Range<Int>) -> UInt64 {
    var hash = seed ^ UInt64(truncatingIfNeeded: range.count)
    var position = range.lowerBound
    while range.upperBound &- position > 8 {
      hash = Self.mix(hash, body.word(at: position, count: 8))
      position &+= 8
    }
    return Self.mix(hash, body.word(at: position, count: range.upperBound &- position))
  }

  @inline(__always)
  private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }
}
