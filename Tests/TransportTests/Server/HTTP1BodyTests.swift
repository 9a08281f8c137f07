import Model
import NIOCore
import Testing

@testable import Transport

@Suite struct HTTP1BodyTests {
  private func buffer(_ bytes: [UInt8], capacity: Int) -> ByteBuffer {
    var buffer = ByteBufferAllocator().buffer(capacity: capacity)
    buffer.writeBytes(bytes)
    return buffer
  }

  private func address(of buffer: ByteBuffer) -> UnsafeRawPointer? {
    buffer.withUnsafeReadableBytes { $0.baseAddress }
  }

  private func address(of bytes: SharedBytes) -> UnsafeRawPointer? {
    bytes.withUnsafeBytes { $0.baseAddress }
  }

  @Test func nothingIsNothing() {
    #expect(HTTP1Body(length: nil).freeze().count == 0)
    #expect(HTTP1Body(length: 10).freeze().count == 0)
  }

  /// Capacities are rounded up to powers of two.
  @Test(arguments: [(64, true), (128, true), (129, false), (1024, false)])
  func aBodyInOnePieceStaysWhereItIsUnlessThatIsMuchLarger(capacity: Int, stays: Bool) {
    let bytes = [UInt8](0..<64)
    let piece = buffer(bytes, capacity: capacity)
    var body = HTTP1Body(length: 64)
    body.append(piece)
    let frozen = body.freeze()
    #expect(frozen.array == bytes)
    #expect((address(of: frozen) == address(of: piece)) == stays)
  }

  @Test(arguments: [nil, 6, 100, 1 << 40])
  func piecesAreJoined(length: Int?) {
    var body = HTTP1Body(length: length)
    body.append(buffer([1, 2], capacity: 2))
    body.append(buffer([], capacity: 2))
    body.append(buffer([3, 4, 5, 6], capacity: 4))
    #expect(body.freeze().array == [1, 2, 3, 4, 5, 6])
  }

  /// The server reads on into the same buffer, as long as nobody else has it.
  @Test func whatIsReadLaterChangesNothing() {
    var piece = buffer([UInt8](0..<64), capacity: 64)
    var body = HTTP1Body(length: 64)
    body.append(piece)
    let frozen = body.freeze()
    piece.clear()
    piece.writeBytes([UInt8](repeating: 0xFF, count: 64))
    #expect(frozen.array == [UInt8](0..<64))
    #expect(address(of: frozen) != address(of: piece))
  }
}
