internal import CZlib
internal import Model

/// Reads gzip as it comes in, by zlib. Several members in a row are read as one, as gzip says.
///
/// Source: RFC 1952.
struct GzipDecoder: ~Copyable {
  // zlib's state points back at the stream, which therefore must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  /// Whether the last byte read was the last of a member.
  private var isAtEnd = false

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = openmmt_gzip_inflate_init(stream)
    precondition(status == Z_OK, "zlib cannot be set up: error \(status)")
  }

  deinit {
    inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  /// Appends to `output` what `bytes` add to the contents.
  ///
  /// - Parameter limit: the greatest number of bytes that `output` may hold.
  mutating func decode(
    _ bytes: RawSpan, into output: inout ByteBuilder, limit: Int
  ) throws(CompressionError) {
    try bytes.withUnsafeBytes { input throws(CompressionError) in
      guard let start = input.baseAddress, !input.isEmpty else { return }
      stream.pointee.next_in = UnsafeMutablePointer(mutating: start.assumingMemoryBound(to: UInt8.self))
      stream.pointee.avail_in = UInt32(input.count)
      var isFull = true
      while stream.pointee.avail_in > 0 || isFull {
        if isAtEnd {
          guard stream.pointee.avail_in > 0 else { return }
          inflateReset(stream)
          isAtEnd = false
        }
        isFull = try step(&output, limit: limit)
      }
    }
  }

  /// The input is complete.
  ///
  /// - Throws: `CompressionError.corrupt` where it ends too early.
  func finish() throws(CompressionError) {
    guard isAtEnd else { throw .corrupt("gzip: input is cut short") }
  }

  /// Returns whether there may be more output without more input.
  private mutating func step(_ output: inout ByteBuilder, limit: Int) throws(CompressionError) -> Bool {
    // A byte more than may come, so that one too many is seen.
    let room = min(max(4 * Int(stream.pointee.avail_in), 4096), 65_536, limit - output.count + 1)
    var status = Z_OK
    output.append(upTo: room) { bytes in
      stream.pointee.next_out = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.pointee.avail_out = UInt32(bytes.count)
      status = inflate(stream, Z_NO_FLUSH)
      return bytes.count - Int(stream.pointee.avail_out)
    }
    guard output.count <= limit else { throw .tooLong(limit: limit) }
    switch status {
    // The latter says that there was nothing to do, which is so where the output just fitted before.
    case Z_OK, Z_BUF_ERROR: return stream.pointee.avail_out == 0
    case Z_STREAM_END:
      isAtEnd = true
      return false
    default: throw .corrupt("gzip: \(stream.pointee.msg.map { String(cString: $0) } ?? "error \(status)")")
    }
  }
}
