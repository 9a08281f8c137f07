internal import Model

/// The payload of one message as it comes in, decompressed on the way, so that it is never held in both
/// forms, and never longer than the limit.
struct GRPCMessageBody: ~Copyable {
  private let limit: Int
  private var contents: ByteBuilder
  private var gzip: GzipDecoder?
  private var framed: SnappyFramedDecoder?
  /// Whether `contents` hold a block that has to be decompressed in the end.
  private var isBlock = false

  /// A body in which nothing is kept.
  init() {
    limit = 0
    contents = ByteBuilder()
  }

  /// - Parameters:
  ///   - encoding: how the message is compressed.
  ///   - length: how long its payload is, in bytes.
  ///   - limit: the greatest length of its contents, in bytes.
  ///   - keepsBlock: whether a snappy block is wanted as it came.
  init(_ encoding: GRPCEncoding, length: Int, limit: Int, keepsBlock: Bool) {
    self.limit = limit
    // What the peer only announces is not believed beyond what a usual load needs.
    contents = ByteBuilder(capacity: min(length, 1 << 20))
    switch encoding {
    case .identity: break
    case .gzip: gzip = GzipDecoder()
    case .snappy: framed = SnappyFramedDecoder()
    case .snappyBlock: isBlock = !keepsBlock
    }
  }

  /// The bytes held.
  var count: Int { contents.count }

  /// More of the payload has come.
  ///
  /// - Throws: RESOURCE_EXHAUSTED or INTERNAL: see ``status(_:)``.
  mutating func append(_ bytes: RawSpan) throws(GRPCStatus) {
    do {
      if gzip != nil {
        try gzip?.decode(bytes, into: &contents, limit: limit)
      } else if framed != nil {
        try framed?.decode(bytes, into: &contents, limit: limit)
      } else {
        contents.append(bytes)
      }
    } catch {
      throw Self.status(error)
    }
  }

  /// How many bytes more are held from ``finish()`` on; `nil`: none. To be asked when the payload is complete.
  ///
  /// - Throws: RESOURCE_EXHAUSTED or INTERNAL: see ``status(_:)``.
  func lengthToCome() throws(GRPCStatus) -> Int? {
    guard isBlock else { return nil }
    do {
      return try Self.decompressedLength(of: contents.bytes, limit: limit)
    } catch {
      throw Self.status(error)
    }
  }

  /// The payload is complete.
  ///
  /// - Returns: the message, or the block where it was to be kept.
  /// - Throws: RESOURCE_EXHAUSTED or INTERNAL: see ``status(_:)``.
  consuming func finish() throws(GRPCStatus) -> SharedBytes {
    do {
      try gzip?.finish()
      try framed?.finish()
      guard isBlock else { return contents.freeze() }
      return try Self.decompressed(contents.bytes, limit: limit)
    } catch {
      throw Self.status(error)
    }
  }

  private static func decompressed(_ block: RawSpan, limit: Int) throws(CompressionError) -> SharedBytes {
    var output = ByteBuilder(capacity: try decompressedLength(of: block, limit: limit))
    do {
      try Snappy().decompress(block, into: &output)
    } catch {
      throw .corrupt("\(error)")
    }
    return output.freeze()
  }

  private static func decompressedLength(of block: RawSpan, limit: Int) throws(CompressionError) -> Int {
    let length: Int
    do {
      length = try Snappy().decompressedLength(of: block)
    } catch {
      throw .corrupt("\(error)")
    }
    guard length <= limit else { throw .tooLong(limit: limit) }
    return length
  }

  /// What a client is told whose message cannot be decompressed.
  private static func status(_ error: CompressionError) -> GRPCStatus {
    switch error {
    case .corrupt: GRPCStatus(.internal, "could not decompress the message: \(error)")
    case .tooLong: GRPCStatus(.resourceExhausted, "\(error)")
    }
  }
}
