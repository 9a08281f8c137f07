#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Bytes that were written once and are now read by several owners: the body of a request on its
/// way through the proxy.
///
/// The address of the bytes stays the same for the life of the object, so that a C library may keep
/// a pointer to them for as long as it keeps the object.
@safe
package final class SharedBytes: @unchecked Sendable {
  // @unchecked Sendable: the memory is written before `init` returns and never after it; it is freed when the last
  // owner is gone, by `deinit` or with `keeper`, which is only held.
  private let memory: UnsafeRawBufferPointer

  /// What frees the memory when it goes; `nil` where this object does.
  private let keeper: AnyObject?

  /// The number of bytes.
  package var count: Int { unsafe memory.count }

  /// Takes over memory that came from `malloc` and holds `count` bytes.
  init(adopting memory: UnsafeMutableRawPointer?, count: Int) {
    unsafe self.memory = UnsafeRawBufferPointer(start: memory, count: count)
    keeper = nil
  }

  /// Bytes in somebody else's memory.
  ///
  /// - Parameter keeper: as long as it is held, the memory stays where it is and nobody writes to it.
  @unsafe
  package init(_ memory: UnsafeRawBufferPointer, keptBy keeper: AnyObject) {
    unsafe self.memory = memory
    self.keeper = keeper
  }

  /// Copies a sequence of bytes.
  package convenience init(_ bytes: [UInt8]) {
    let memory = unsafe malloc(max(bytes.count, 1))
    unsafe bytes.withUnsafeBytes { source in
      if let start = source.baseAddress { unsafe memory?.copyMemory(from: start, byteCount: source.count) }
    }
    unsafe self.init(adopting: memory, count: bytes.count)
  }

  deinit {
    if keeper == nil { unsafe free(UnsafeMutableRawPointer(mutating: memory.baseAddress)) }
  }

  /// The bytes, to be read while this object is held.
  package var bytes: RawSpan {
    @_lifetime(borrow self)
    get {
      unsafe _overrideLifetime(RawSpan(_unsafeBytes: memory), borrowing: self)
    }
  }

  /// Calls `body` with the bytes as a C library wants them. The pointer stays good for as long as
  /// this object is held.
  @unsafe
  package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try unsafe body(memory)
  }

  /// A copy of the bytes.
  package var array: [UInt8] {
    unsafe [UInt8](memory)
  }
}
