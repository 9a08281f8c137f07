/// Why a load cannot be taken at all.
package enum LoadError: Error, Equatable, CustomStringConvertible {
  /// The body is no snappy block.
  case corruptBlock(CorruptBlock)
  /// The block's contents would be longer than the limit, in bytes.
  case tooLong(length: Int, limit: Int)
  /// The contents are no write request.
  case malformed(WireFault)
  /// There is no room for it now; the only one of these that trying again can mend.
  case noRoom(bytes: Int)

  package var description: String {
    switch self {
    case .corruptBlock(let fault): fault.description
    case .tooLong(let length, let limit):
      "decompressed length of \(length) bytes is above the limit of \(limit)"
    case .malformed(let fault): "protobuf: \(fault)"
    case .noRoom(let bytes): "no room for \(bytes) more bytes in flight"
    }
  }
}
