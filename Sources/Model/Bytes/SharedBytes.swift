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
  // @unchecked Sendable: the memory is written before `init` returns and never after it; `deinit`
  // frees it when the last owner is gone.
  private let memory: UnsafeRawBufferPointer

  /// The number of bytes.
  package var count: Int { unsafe memory.count }

  /// Takes over memory that came from `malloc` and holds `count` bytes.
  init(adopting memory: UnsafeMutableRawPointer?, count: Int) {
    unsafe self.memory = UnsafeRawBufferPointer(start: memory, count: count)
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
    unsafe free(UnsafeMutableRawPointer(mutating: memory.baseAddress))
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
