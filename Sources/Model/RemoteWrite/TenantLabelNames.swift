/// The names of the labels whose value names a tenant, in the form the scanner compares with.
package struct TenantLabelNames: Sendable, Equatable {
  /// The names as text, in the order given.
  package let names: [String]

  /// A name as the numbers that ``Swift/RawSpan/word(at:count:)`` makes of its bytes.
  private struct Name: Sendable, Equatable {
    let length: Int
    let words: [UInt64]

    init(_ bytes: [UInt8]) {
      let span = unsafe bytes.span.bytes
      length = bytes.count
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
  func contains(_ range: Range<Int>, of body: Span<UInt8>) -> Bool {
    !range.isEmpty && mayContain(length: range.count, first: body[range.lowerBound]) && matches(range, of: body)
  }

  private func matches(_ range: Range<Int>, of body: Span<UInt8>) -> Bool {
    let bytes = unsafe body.bytes
    for name in compared where name.length == range.count {
      var position = range.lowerBound
      var isSame = true
      for word in name.words {
        isSame = isSame && word == bytes.word(at: position, count: min(8, range.upperBound &- position))
        position &+= 8
      }
      if isSame { return true }
    }
    return false
  }
}
