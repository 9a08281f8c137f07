internal import Model
internal import NIOCore

/// The body of a request of HTTP/1.1, piece by piece.
///
/// A body that comes in one piece stays in the memory into which it was read, unless that is much larger than the body:
/// to copy it is one of the greater costs of a load that goes on as it came. Otherwise its pieces are copied together.
struct HTTP1Body: ~Copyable {
  /// What a peer announces is not believed beyond what a usual load needs: so many bytes.
  private static let believedLength = 1 << 20

  /// `nil` where it is not announced.
  private let length: Int?
  private var onlyPiece: ByteBuffer?
  private var pieces = ByteBuilder()

  /// - Parameter length: how long it is to be; `nil` where that is not announced.
  init(length: Int?) {
    self.length = length
  }

  mutating func append(_ piece: ByteBuffer) {
    // The decoder lets through no more than what was announced: with such a piece, the body is complete.
    if piece.readableBytes == length, piece.storageCapacity <= 2 * piece.readableBytes {
      onlyPiece = piece
      return
    }
    pieces.reserve(min(length ?? 0, Self.believedLength))
    piece.withUnsafeReadableBytes { pieces.append($0) }
  }

  /// The bytes that have come.
  consuming func freeze() -> SharedBytes {
    guard let onlyPiece else { return pieces.freeze() }
    // Nobody writes into a buffer's storage that somebody else holds.
    return onlyPiece.withUnsafeReadableBytesWithStorageManagement { bytes, storage in
      SharedBytes(bytes, keptBy: storage.takeUnretainedValue())
    }
  }
}
