internal import CZlib
internal import Model

/// Gzip of whole runs of bytes, by zlib.
///
/// Source: RFC 1952.
enum Gzip {
  /// Appends the contents of `bytes` to `output`.
  ///
  /// - Parameter limit: the greatest number of bytes that `output` may hold.
  static func decompress(
    _ bytes: RawSpan, into output: inout ByteBuilder, limit: Int
  ) throws(CompressionError) {
    var decoder = GzipDecoder()
    try decoder.decode(bytes, into: &output, limit: limit)
    try decoder.finish()
  }

  /// Appends `contents` to `output`, compressed.
  ///
  /// - Parameter limit: the greatest number of bytes that the compressed form may take.
  static func compress(
    _ contents: RawSpan, into output: inout ByteBuilder, limit: Int
  ) throws(CompressionError) {
    var stream = z_stream()
    let status = openmmt_gzip_deflate_init(&stream)
    precondition(status == Z_OK, "zlib cannot be set up: error \(status)")
    defer { deflateEnd(&stream) }
    let room = min(limit, Int(deflateBound(&stream, UInt(contents.byteCount))))
    let isComplete = contents.withUnsafeBytes { input in
      stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
      stream.avail_in = UInt32(input.count)
      return deflateAll(&stream, &output, room)
    }
    guard isComplete else { throw .tooLong(limit: limit) }
  }

  private static func deflateAll(_ stream: inout z_stream, _ output: inout ByteBuilder, _ room: Int) -> Bool {
    var status = Z_OK
    output.append(upTo: room) { bytes in
      stream.next_out = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
      stream.avail_out = UInt32(bytes.count)
      status = deflate(&stream, Z_FINISH)
      return bytes.count - Int(stream.avail_out)
    }
    return status == Z_STREAM_END
  }
}
