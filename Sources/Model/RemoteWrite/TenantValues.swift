/// The distinct values of the tenant labels of a load, numbered in the order in which they were first seen.
///
/// They are told apart while the load is scanned, when their bytes are at hand.
struct TenantValues: ~Copyable {
  /// A value that was seen.
  struct Value {
    /// Compared before the bytes.
    var hash: UInt64
    /// All bytes of a value of up to eight; 0 for a longer one.
    var word: UInt64
    /// Where the value stands in the body, the first time it came.
    var start: UInt32
    var length: UInt32

    var range: Range<Int> { Int(start)..<Int(start) + Int(length) }
  }

  private var values = RecordBuffer<Value>()

  /// Open addressing: the number of a value + 1, 0 where empty. The size is a power of two and at least
  /// twice the number of values.
  private var buckets = RecordBuffer<Int32>(repeating: 0, count: keptBuckets)

  /// The size to which the hash table returns after a load.
  private static let keptBuckets = 4096

  private let hash = ValueHash()

  /// The number of values.
  var count: Int { values.count }

  /// The extent of a value, where it came first.
  subscript(number: Int) -> Range<Int> { values[number].range }

  /// The memory kept, in bytes.
  var retainedBytes: Int { values.retainedBytes + buckets.retainedBytes }

  /// The memory in use, in bytes.
  var usedBytes: Int { values.usedBytes }

  mutating func removeAll() {
    // Clearing costs as much as the table is large: one load with many values must not slow down
    // all that come after it.
    if buckets.count > Self.keptBuckets {
      buckets = RecordBuffer(repeating: 0, count: Self.keptBuckets)
    } else {
      for number in values.indices {
        // Every bucket that is taken is met on the way from one of the values.
        var bucket = firstBucket(values[number].hash)
        while buckets[bucket] != 0 {
          buckets[bucket] = 0
          bucket = bucketAfter(bucket)
        }
      }
    }
    values.removeAll()
  }

  /// The number of the value at `range`, which is not empty.
  @inline(__always)
  mutating func number(of range: Range<Int>, in body: RawSpan) -> Int32 {
    let length = range.upperBound &- range.lowerBound
    guard length <= 8 else { return numberOfLong(range, in: body) }
    let word = body.word(at: range.lowerBound, count: length)
    let hash = hash(length: length, word)
    var bucket = firstBucket(hash)
    while true {
      let number = buckets[bucket] &- 1
      if number < 0 { break }
      let value = values[Int(number)]
      if value.word == word, Int(value.length) == length { return number }
      bucket = bucketAfter(bucket)
    }
    return add(range, hash: hash, word: word, to: bucket)
  }

  @inline(never)
  private mutating func numberOfLong(_ range: Range<Int>, in body: RawSpan) -> Int32 {
    let hash = hash(body, range)
    var bucket = firstBucket(hash)
    while true {
      let number = buckets[bucket] &- 1
      if number < 0 { break }
      let value = values[Int(number)]
      if value.hash == hash, body.hasSameBytes(value.range, range) { return number }
      bucket = bucketAfter(bucket)
    }
    return add(range, hash: hash, word: 0, to: bucket)
  }

  /// - Returns: the new value's number.
  @inline(never)
  private mutating func add(_ range: Range<Int>, hash: UInt64, word: UInt64, to bucket: Int) -> Int32 {
    values.append(Value(hash: hash, word: word, start: UInt32(range.lowerBound), length: UInt32(range.count)))
    let number = Int32(truncatingIfNeeded: values.count)
    buckets[bucket] = number
    if values.count * 2 > buckets.count { grow() }
    return number - 1
  }

  private mutating func grow() {
    buckets = RecordBuffer(repeating: 0, count: buckets.count * 4)
    for number in values.indices {
      var bucket = firstBucket(values[number].hash)
      while buckets[bucket] != 0 { bucket = bucketAfter(bucket) }
      buckets[bucket] = Int32(truncatingIfNeeded: number + 1)
    }
  }

  @inline(__always)
  private func firstBucket(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash) & (buckets.count &- 1)
  }

  @inline(__always)
  private func bucketAfter(_ bucket: Int) -> Int {
    (bucket &+ 1) & (buckets.count &- 1)
  }
}
