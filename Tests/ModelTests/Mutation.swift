import TestSupport

/// Damages bodies.
struct Mutation {
  var random: SplitMix64

  /// A copy of `body` with one to three things done to it.
  mutating func damaged(_ body: [UInt8]) -> [UInt8] {
    var result = body
    for _ in 0...random.below(3) { damage(&result) }
    return result
  }

  private mutating func damage(_ body: inout [UInt8]) {
    let position = random.below(body.count + 1)
    let length = min(1 + random.below(8), body.count - position)
    switch random.below(6) {
    case 0 where position < body.count: body[position] ^= 1 << UInt8(random.below(8))
    case 1 where position < body.count: body[position] = interestingByte()
    case 2: body.insert(interestingByte(), at: position)
    case 3: body.removeSubrange(position..<(position + length))
    case 4: body.insert(contentsOf: body[position..<(position + length)], at: random.below(body.count + 1))
    case 5 where random.oneIn(4): body.removeSubrange(position...)
    default: body.append(interestingByte())
    }
  }

  /// Bytes that mean something where a tag, a length or a varint is read.
  private mutating func interestingByte() -> UInt8 {
    random.oneIn(2)
      ? UInt8(truncatingIfNeeded: random.next()) : random.pick([0x00, 0x0A, 0x12, 0x1A, 0x7F, 0x80, 0x81, 0xFF])
  }
}
