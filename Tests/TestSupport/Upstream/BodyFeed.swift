import NIOCore
import NIOHTTP1

/// The body of one answer, piece by piece as a test sends it.
package final class BodyFeed: Sendable {
  private enum Step: Sendable {
    case piece([UInt8])
    case end
    case cut
  }

  /// What has been written to the connection, in bytes.
  package let written = Watched(0)
  /// Whether nothing will be written any more.
  package let isOver = Watched(false)

  private let steps: AsyncStream<Step>
  private let continuation: AsyncStream<Step>.Continuation

  package init() {
    (steps, continuation) = AsyncStream.makeStream()
  }

  /// Sends a piece.
  package func send(_ text: String) {
    send(Array(text.utf8))
  }

  /// Sends a piece.
  package func send(_ bytes: [UInt8]) {
    continuation.yield(.piece(bytes))
  }

  /// Ends the body as it should end.
  package func end() {
    continuation.yield(.end)
  }

  /// Closes the connection in the middle.
  package func cut() {
    continuation.yield(.cut)
  }

  /// Writes what is sent, until the end or until the other side is gone. Each piece waits until the one before it was
  /// taken by the operating system.
  func forward(to channel: any Channel) async {
    defer { isOver.update { $0 = true } }
    for await step in steps {
      switch step {
      case .piece(let bytes):
        let part = HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: bytes)))
        guard (try? await channel.writeAndFlush(part)) != nil else { return }
        written.update { $0 += bytes.count }
      case .end:
        return channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
      case .cut:
        return channel.close(promise: nil)
      }
    }
  }
}
