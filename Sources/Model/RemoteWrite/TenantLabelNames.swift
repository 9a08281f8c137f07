/// The names of the labels whose value names a tenant, in the form the scanner compares with.
package struct TenantLabelNames: Sendable, Equatable {
  /// The names as text, in the order given.
  package let names: [String]

  /// A name as the numbers that ``Swift/RawSpan/word(at:count:)`` makes of its bytes.
  private struct Name: Sendable, Equatable {
    let length: Int
    /// Eight, or the length where it is less.
    let endLength: Int
    /// The first eight bytes and the last eight, which overlap in a name of less than sixteen; all, twice, where there
    /// are fewer than eight.
    let head: UInt64
    let tail: UInt64
    /// All bytes, eight at a time.
    let words: [UInt64]

    init(_ bytes: [UInt8]) {
      let span = unsafe bytes.span.bytes
      length = bytes.count
      endLength = min(8, length)
      head = span.word(at: 0, count: endLength)
      tail = span.word(at: length - endLength, count: endLength)
      words = stride(from: 0, to: bytes.count, by: 8).map { span.word(at: $0, count: min(8, bytes.count - $0)) }
    }
  }

  private let compared: [Name]

  /// Bit n is set where the length and the first byte of a name add up to n, modulo 64: most labels of a series
  /// are passed over by a look at it.
  private let filter: UInt64

  /// Duplicates and empty names are left out. Names are the same where their bytes are: Swift's `==`
  /// would take é for e and an accent.
  package init(_ names: [String]) {
    var seen: Set<[UInt8]> = []
    self.names = names.filter { !$0.isEmpty && seen.insert(Array($0.utf8)).inserted }
    let bytes = self.names.map { Array($0.utf8) }
    compared = bytes.map(Name.init)
    filter = bytes.reduce(0) { $0 | Self.bit(length: $1.count, first: $1[0]) }
  }

  @inline(__always)
  private static func bit(length: Int, first: UInt8) -> UInt64 {
    1 &<< UInt64(truncatingIfNeeded: length &+ Int(first))
  }

  /// Whether there may be a name of this length with this first byte.
  @inline(__always)
  func mayContain(length: Int, first: UInt8) -> Bool {
    filter & Self.bit(length: length, first: first) != 0
  }

  /// Whether the bytes of `body` in `range` are one of the names.
  @inline(__always)
  func contains(_ range: Range<Int>, of body: RawSpan) -> Bool {
    let length = range.upperBound &- range.lowerBound
    for name in compared where name.length == length {
      guard body.word(at: range.lowerBound, count: name.endLength) == name.head,
        body.word(at: range.upperBound &- name.endLength, count: name.endLength) == name.tail
      else { continue }
      if length <= 16 || Self.isSame(name.words, range, of: body) { return true }
    }
    return false
  }

  @inline(never)
  private static func isSame(_ words: [UInt64], _ range: Range<Int>, of body: RawSpan) -> Bool {
    words.indices.allSatisfy { index in
      let position = range.lowerBound + 8 * index
      return words[index] == body.word(at: position, count: min(8, range.upperBound - position))
    }
  }
}
