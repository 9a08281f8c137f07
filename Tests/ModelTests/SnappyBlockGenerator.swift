import TestSupport

/// Makes sound blocks of all of snappy's elements.
struct SnappyBlockGenerator {
  var random: SplitMix64
  private var elements: [UInt8] = []
  private var length = 0

  init(random: SplitMix64) {
    self.random = random
  }

  /// A block of up to twenty elements.
  mutating func block() -> [UInt8] {
    elements = []
    length = 0
    for _ in 0..<random.below(20) {
      if length == 0 || random.oneIn(2) { addLiteral() } else { addCopy() }
    }
    return WireBytes.varint(UInt64(length)) + elements
  }

  private mutating func addLiteral() {
    let count = 1 + random.below(random.oneIn(4) ? 400 : 20)
    let code = count - 1
    switch random.below(4) {
    case 0: elements += [61 << 2] + WireBytes.fixed(UInt16(code))
    case 1: elements += [63 << 2] + WireBytes.fixed(UInt32(code))
    case _ where code < 60: elements.append(UInt8(code << 2))
    default: elements += [62 << 2] + WireBytes.fixed(UInt32(code)).dropLast()
    }
    elements += (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    length += count
  }

  private mutating func addCopy() {
    let offset = 1 + random.below(length)
    let count = 4 + random.below(8)
    switch random.below(3) {
    case 0 where offset < 2048:
      elements += [UInt8(1 | (count - 4) << 2 | (offset >> 8) << 5), UInt8(offset & 0xFF)]
    case 1:
      elements += [UInt8(3 | (count - 1) << 2)] + WireBytes.fixed(UInt32(offset))
    default:
      elements += [UInt8(2 | (count - 1) << 2)] + WireBytes.fixed(UInt16(offset))
    }
    length += count
  }
}
