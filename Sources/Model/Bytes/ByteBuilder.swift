#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A growing run of bytes with one owner. It is filled, then either reused or frozen into
/// `SharedBytes`, without a copy.
///
/// An `[UInt8]` would do the same with a zeroing and a uniqueness check on the way; this type is on
/// the path of every byte the proxy forwards.
@safe
package struct ByteBuilder: ~Copyable {
  private var memory: UnsafeMutableRawPointer?

  /// The number of bytes written.
  package private(set) var count = 0

  /// The number of bytes that fit without growing.
  package private(set) var capacity = 0

  /// An empty builder that takes `capacity` bytes before it has to grow.
  package init(capacity: Int = 0) {
    unsafe memory = nil
    reserve(capacity)
  }

  deinit {
    unsafe free(memory)
  }

  /// Makes room for `total` bytes in all.
  package mutating func reserve(_ total: Int) {
    guard total > capacity else { return }
    guard let grown = unsafe realloc(memory, total) else {
      fatalError("out of memory: \(total) bytes asked for")
    }
    unsafe memory = grown
    capacity = total
  }

  /// Copies `bytes` to the end.
  package mutating func append(_ bytes: RawSpan) {
    unsafe bytes.withUnsafeBytes { unsafe append($0) }
  }

  /// Copies `bytes` to the end.
  @unsafe
  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress, bytes.count > 0 else { return }
    growFor(bytes.count)
    unsafe memory.unsafelyUnwrapped.advanced(by: count).copyMemory(from: source, byteCount: bytes.count)
    count += bytes.count
  }

  /// Copies a part of another builder's bytes to the end.
  package mutating func append(_ range: Range<Int>, of other: borrowing ByteBuilder) {
    append(other.bytes.extracting(range))
  }

  /// Writes one byte at the end.
  package mutating func append(_ byte: UInt8) {
    growFor(1)
    unsafe memory.unsafelyUnwrapped.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count += 1
  }

  /// Lets `body` write up to `length` bytes at the end; it returns how many it wrote.
  ///
  /// - Precondition: what `body` returns is not negative and not above `length`.
  @unsafe
  package mutating func append<Failure: Error>(
    upTo length: Int, _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) {
    growFor(length)
    let room = unsafe UnsafeMutableRawBufferPointer(start: memory?.advanced(by: count), count: length)
    let written = unsafe try body(room)
    precondition(written >= 0 && written <= length, "more bytes written than there was room for")
    count += written
  }

  /// Forgets the bytes; keeps the memory.
  package mutating func removeAll() {
    count = 0
  }

  /// The bytes written so far.
  package var bytes: RawSpan {
    @_lifetime(borrow self)
    get {
      let written = unsafe UnsafeRawBufferPointer(start: memory, count: count)
      return unsafe _overrideLifetime(RawSpan(_unsafeBytes: written), borrowing: self)
    }
  }

  /// Ends the writing: the bytes, now immutable and shareable.
  package consuming func freeze() -> SharedBytes {
    let count = count
    return unsafe SharedBytes(adopting: release().memory, count: count)
  }

  /// The bytes written so far, in memory that is no larger than they are. This builder keeps its own.
  package func exactCopy() -> SharedBytes {
    var copy = ByteBuilder(capacity: count)
    copy.append(bytes)
    return copy.freeze()
  }

  /// Hands the memory to the caller, who frees it.
  @unsafe
  consuming func release() -> (memory: UnsafeMutableRawPointer?, count: Int) {
    let result = unsafe (memory, count)
    discard self
    return unsafe result
  }

  private mutating func growFor(_ length: Int) {
    let needed = count + length
    if needed > capacity {
      reserve(max(needed, capacity * 2))
    }
  }
}
