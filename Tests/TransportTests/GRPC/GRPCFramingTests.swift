import TestSupport
import Testing

@testable import Transport

@Suite struct GRPCFramingTests {
  /// A message as it was read.
  private struct Message: Equatable {
    var isCompressed: Bool
    var payload: [UInt8] = []
  }

  /// Reads parts one after the other.
  private func read(
    _ parts: [[UInt8]], limit: Int = 1 << 20
  ) throws(GRPCStatus) -> (messages: [Message], isComplete: Bool) {
    var decoder = GRPCMessageDecoder(limit: limit)
    var messages: [Message] = []
    var ended = 0
    for part in parts {
      var offset = 0
      while let step = try decoder.next(in: part.span.bytes, from: &offset) {
        switch step {
        case .began(let isCompressed, _): messages.append(Message(isCompressed: isCompressed))
        case .payload(let range): messages[messages.count - 1].payload += part[range]
        case .ended: ended += 1
        }
      }
      #expect(offset == part.count)
    }
    #expect(decoder.isBetweenMessages == false || ended == messages.count)
    return (messages, decoder.isBetweenMessages)
  }

  private func bytes(of messages: [Message]) -> [UInt8] {
    messages.flatMap { message in
      [message.isCompressed ? 1 : 0] + GRPCMessageEncoder.frame(message.payload).dropFirst()
    }
  }

  @Test(arguments: [UInt64](0..<300))
  func everySplitGivesTheSameMessages(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let messages = (0..<random.below(6)).map { _ in
      Message(
        isCompressed: random.oneIn(2), payload: (0..<random.below(600)).map { _ in UInt8(random.below(256)) })
    }
    let stream = bytes(of: messages)
    let whole = try read([stream])
    #expect(whole.messages == messages, "seed \(seed)")
    #expect(whole.isComplete, "seed \(seed)")
    for _ in 0..<10 {
      #expect(try read(Contents.cut(stream, &random)).messages == messages, "seed \(seed)")
    }
    #expect(try read(stream.map { [$0] }).messages == messages, "seed \(seed)")
  }

  @Test func aStreamThatEndsWithinAMessageIsKnownToDo() throws {
    let stream = bytes(of: [Message(isCompressed: false, payload: [1, 2, 3]), Message(isCompressed: true)])
    for length in 0...stream.count {
      #expect(try read([Array(stream[..<length])]).isComplete == [0, 8, 13].contains(length), "length \(length)")
    }
  }

  /// Without a byte of the body.
  @Test(arguments: [(0, 1), (10, 11), (10, 0xFFFF_FFFF)] as [(Int, UInt32)])
  func theLimitIsCheckedBeforeTheBody(limit: Int, length: UInt32) throws {
    let prefix = [0] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> UInt32($0)) }
    let error = #expect(throws: GRPCStatus.self) { try read([prefix], limit: limit) }
    #expect(error?.code == .resourceExhausted)
    #expect(error?.message == "message of \(length) bytes is larger than the limit of \(limit)")
    #expect(throws: Never.self) { try read([prefix], limit: Int(length)) }
  }

  @Test(arguments: [2, 3, 128, 255] as [UInt8])
  func anUnknownFlagIsRefused(flag: UInt8) {
    #expect(throws: GRPCStatus(.internal, "a message has the unknown flag \(flag)")) {
      try read([[flag, 0, 0, 0, 0]])
    }
  }
}
