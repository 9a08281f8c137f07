/// The names of the labels whose value names a tenant, in the form the scanner compares with.
package struct TenantLabelNames: Sendable, Equatable {
  /// The names as text, in the order given.
  package let names: [String]

  private let bytes: [[UInt8]]

  /// Bit n is set where a name has n bytes (bit 63: 63 or more), so that most labels of a series
  /// are passed over without a look at their name.
  private let lengths: UInt64

  /// Duplicates and empty names are left out. Names are the same where their bytes are: Swift's `==`
  /// would take é for e and an accent.
  package init(_ names: [String]) {
    var seen: Set<[UInt8]> = []
    self.names = names.filter { !$0.isEmpty && seen.insert(Array($0.utf8)).inserted }
    bytes = self.names.map { Array($0.utf8) }
    lengths = bytes.reduce(0) { $0 | 1 << UInt64(min($1.count, 63)) }
  }

  /// Whether the bytes of `body` in `range` are one of the names.
  @inline(__always)
  func contains(_ range: Range<Int>, of body: Span<UInt8>) -> Bool {
    lengths & (1 &<< UInt64(truncatingIfNeeded: min(range.count, 63))) != 0 && matches(range, of: body)
  }

  private func matches(_ range: Range<Int>, of body: Span<UInt8>) -> Bool {
    for name in bytes where name.count == range.count {
      var offset = 0
      while offset < name.count, name[offset] == body[range.lowerBound &+ offset] { offset &+= 1 }
      if offset == name.count { return true }
    }
    return false
  }
}
