extension RawSpan {
  /// Up to eight bytes as one number, the first byte lowest, zero above the last one.
  ///
  /// - Precondition: `position ..< position + count` is inside, and `count` in 1 ... 8.
  @inline(__always)
  func word(at position: Int, count: Int) -> UInt64 {
    guard position &+ 8 <= byteCount else { return shortWord(at: position, count: count) }
    let word = unsafe UInt64(littleEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt64.self))
    return word & (.max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* count))
  }

  /// The same where there are less than eight bytes to be read.
  @inline(never)
  private func shortWord(at position: Int, count: Int) -> UInt64 {
    var word: UInt64 = 0
    for offset in (0..<count).reversed() {
      word = word << 8 | UInt64(unsafe unsafeLoad(fromByteOffset: position &+ offset, as: UInt8.self))
    }
    return word
  }

  /// Whether the bytes of two ranges inside are the same.
  @inline(__always)
  func hasSameBytes(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    let count = left.upperBound &- left.lowerBound
    guard right.upperBound &- right.lowerBound == count else { return false }
    var offset = 0
    while count &- offset >= 8 {
      let word = word(at: left.lowerBound &+ offset, count: 8)
      guard word == self.word(at: right.lowerBound &+ offset, count: 8) else { return false }
      offset &+= 8
    }
    let rest = count &- offset
    return rest == 0
      || word(at: left.lowerBound &+ offset, count: rest) == word(at: right.lowerBound &+ offset, count: rest)
  }
}
