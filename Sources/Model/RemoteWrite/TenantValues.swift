/// The distinct values of the tenant labels of a load, numbered in the order in which they were first seen.
///
/// They are told apart while the load is scanned, when their bytes are at hand.
struct TenantValues: ~Copyable {
  private struct Value {
    /// Compared before the bytes.
    var hash: UInt64
    /// The last eight bytes, or all where there are fewer.
    var tail: UInt64
    /// Where the value stands in the body, the first time it came.
    var start: UInt32
    var end: UInt32

    var range: Range<Int> { Int(start)..<Int(end) }
  }

  private var values: [Value] = []

  /// Open addressing: the number of a value + 1, 0 where empty. The size is a power of two and at least
  /// twice the number of values.
  private var buckets = [Int32](repeating: 0, count: keptBuckets)

  /// The size to which the hash table returns after a load.
  private static let keptBuckets = 4096

  private let hash = ValueHash()

  /// The number of values.
  var count: Int { values.count }

  /// The extent of a value, where it came first.
  subscript(number: Int) -> Range<Int> { values[number].range }

  /// The memory kept, in bytes.
  var retainedBytes: Int {
    values.capacity * MemoryLayout<Value>.stride + buckets.capacity * MemoryLayout<Int32>.stride
  }

  /// The memory in use, in bytes.
  var usedBytes: Int { values.count * MemoryLayout<Value>.stride }

  mutating func removeAll() {
    // Clearing costs as much as the table is large: one load with many values must not slow down
    // all that come after it.
    if buckets.count > Self.keptBuckets {
      buckets = [Int32](repeating: 0, count: Self.keptBuckets)
    } else {
      for value in values {
        // Every bucket that is taken is met on the way from one of the values.
        var bucket = Int(truncatingIfNeeded: value.hash) & (buckets.count - 1)
        while buckets[bucket] != 0 {
          buckets[bucket] = 0
          bucket = (bucket + 1) & (buckets.count - 1)
        }
      }
    }
    values.removeAll(keepingCapacity: true)
  }

  /// The number of the value at `range`, which is not empty.
  mutating func number(of range: Range<Int>, in body: Span<UInt8>) -> Int32 {
    let bytes = unsafe body.bytes
    let hash = hash(bytes, range)
    let tailLength = min(range.count, 8)
    let tail = bytes.word(at: range.upperBound &- tailLength, count: tailLength)
    var bucket = Int(truncatingIfNeeded: hash) & (buckets.count &- 1)
    while buckets[bucket] != 0 {
      let number = buckets[bucket] &- 1
      let value = values[Int(number)]
      if value.hash == hash, value.tail == tail, Self.isSame(value.range, range, in: bytes) { return number }
      bucket = (bucket &+ 1) & (buckets.count &- 1)
    }
    values.append(Value(hash: hash, tail: tail, start: UInt32(range.lowerBound), end: UInt32(range.upperBound)))
    let number = Int32(truncatingIfNeeded: values.count)
    buckets[bucket] = number
    if values.count * 2 > buckets.count { grow() }
    return number - 1
  }

  /// - Precondition: the last eight bytes of both are the same.
  @inline(__always)
  private static func isSame(_ left: Range<Int>, _ right: Range<Int>, in body: RawSpan) -> Bool {
    guard left.count == right.count else { return false }
    var offset = 0
    while offset &+ 8 < left.count {
      let word = body.word(at: left.lowerBound &+ offset, count: 8)
      guard word == body.word(at: right.lowerBound &+ offset, count: 8) else { return false }
      offset &+= 8
    }
    return true
  }

  private mutating func grow() {
    buckets = [Int32](repeating: 0, count: buckets.count * 4)
    for number in values.indices {
      var bucket = Int(truncatingIfNeeded: values[number].hash) & (buckets.count - 1)
      while buckets[bucket] != 0 { bucket = (bucket + 1) & (buckets.count - 1) }
      buckets[bucket] = Int32(truncatingIfNeeded: number + 1)
    }
  }
}
