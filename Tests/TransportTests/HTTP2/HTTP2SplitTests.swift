import TestSupport
import Testing

@testable import Transport

/// How the network cuts a client's bytes makes no difference.
struct HTTP2SplitTests {
  /// A client's whole conversation, with every kind of frame in it.
  private static let conversation: [UInt8] =
    HTTP2Frame.preface
    + [
      HTTP2Frame.settings(HTTP2Probe.settings), .settingsAck, .windowUpdate(0, 1000), .request(1),
      .request(3, "POST", fields: [("content-length", "11")], ends: false), .data(3, "hello"),
      .priority(5), .ping(), .padded(3, " ", padding: 3), .data(3), .data(3, "world", ends: true),
      .headers(5, [(":method", "POST"), (":scheme", "http"), (":path", "/y")], ends: false, isWhole: false),
      .continuation(5, [(":authority", "a")]), .continuation(5, [("x", "y")], isLast: true),
      .padded(5, padding: 5), .data(5, "abc"), .headers(5, [("x-trailer", "1")]),
      .request(7, "POST", ends: false), .data(7, "abc"), .reset(7), .windowUpdate(3, 5),
      .request(9, fields: [("x", String(repeating: "a", count: 2000))]), HTTP2Frame(0x77, [1, 2, 3]),
      .ping(1, isAck: true), .goAway(),
    ].flatMap(\.bytes)

  private func events(_ pieces: [ArraySlice<UInt8>]) throws -> [String] {
    let driver = try SessionDriver(settings: nil)
    return SessionDriver.joined(try pieces.flatMap { try driver.feed(bytes: $0) })
  }

  @Test func theWholeConversationIsUnderstood() throws {
    let events = try events([Self.conversation[...]])
    #expect(events.filter { $0.hasPrefix("began") }.count == 5)
    #expect(events.filter { $0.hasPrefix("ended") } == ["ended 1", "ended 3", "ended 5", "ended 9"])
    #expect(
      events.filter { $0.hasPrefix("data") } == [
        "data 3 hello", "data 3  ", "data 3 world", "data 5 abc", "data 7 abc",
      ])
    #expect(events.last == "control other")
  }

  @Test func anyCutGivesTheSame() throws {
    let bytes = Self.conversation
    let whole = try events([bytes[...]])
    for cut in 1..<bytes.count {
      #expect(try events([bytes[..<cut], bytes[cut...]]) == whole, "cut at \(cut)")
    }
  }

  @Test func byteByByteGivesTheSame() throws {
    let bytes = Self.conversation
    #expect(try events(bytes.indices.map { bytes[$0...$0] }) == events([bytes[...]]))
  }

  @Test(arguments: 0..<64 as Range<UInt64>)
  func randomCutsGiveTheSame(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let bytes = Self.conversation
    let longest = random.below(300) + 1
    var pieces: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + 1 + random.below(longest))
      pieces.append(bytes[start..<end])
      start = end
    }
    #expect(try events(pieces) == events([bytes[...]]))
  }

  /// Whatever comes, the session neither crashes nor hangs, and what it says is the same for any cut.
  @Test(arguments: 0..<200 as Range<UInt64>)
  func damagedConversations(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var bytes = Self.conversation
    for _ in 0...random.below(4) {
      let position = HTTP2Frame.preface.count + random.below(bytes.count - HTTP2Frame.preface.count)
      bytes[position] = UInt8(random.below(256))
    }
    let cut = random.below(bytes.count)
    #expect(outcome([bytes[..<cut], bytes[cut...]]) == outcome([bytes[...]]))
  }

  private func outcome(_ pieces: [ArraySlice<UInt8>]) -> [String] {
    guard let driver = try? SessionDriver(settings: nil) else { return ["no driver"] }
    var events: [String] = []
    for piece in pieces {
      do {
        events += try driver.feed(bytes: piece)
      } catch {
        return SessionDriver.joined(events) + ["\(error)"]
      }
    }
    return SessionDriver.joined(events)
  }
}
