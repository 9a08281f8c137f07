import TestSupport
import Testing

/// What a hostile peer does on one connection, and with which code it is closed.
struct HostilePeer: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// The code of the GOAWAY frame (RFC 9113, section 7).
  let code: Int
  /// What it sends, again and again.
  let frames: @Sendable (_ round: Int) -> [HTTP2Frame]

  private init(_ name: String, _ code: Int, _ frames: @escaping @Sendable (Int) -> [HTTP2Frame]) {
    testDescription = name
    self.code = code
    self.frames = frames
  }

  private static let protocolError = 0x1
  private static let flowControlError = 0x3
  private static let frameSizeError = 0x6
  private static let compressionError = 0x9
  private static let enhanceYourCalm = 0xb

  /// Frames that are all right, each of them, but not in these numbers.
  static let floods: [HostilePeer] = [
    flood("resets of requests without their end") { [.request($0, "POST", ends: false), .reset($0)] },
    flood("resets of complete requests") { [.request($0), .reset($0)] },
    flood("resets of requests in one go") { first in
      (0..<100).flatMap { number -> [HTTP2Frame] in
        let stream = (first - 1) * 100 + 2 * number + 1
        return [.request(stream), .reset(stream)]
      }
    },
    flood("faults that make the server reset") {
      [.request($0, "POST", fields: [("content-length", "1")], ends: false), .data($0, "ab")]
    },
    flood("malformed heads") { [.headers($0, [(":method", "GET"), (":oops", "x")])] },
    HostilePeer("heads on a stream that is gone", enhanceYourCalm) {
      $0 == 0 ? [.request(5), .reset(5)] : [.request(3)]
    },
    HostilePeer("pings", enhanceYourCalm) { _ in [.ping()] },
    HostilePeer("pings in one go", enhanceYourCalm) { _ in [HTTP2Frame](repeating: .ping(), count: 5000) },
    HostilePeer("acknowledgements of pings", enhanceYourCalm) { _ in [.ping(isAck: true)] },
    HostilePeer("settings", enhanceYourCalm) { _ in [.settings([(id: 4, value: 70_000)])] },
    HostilePeer("empty settings", enhanceYourCalm) { _ in [.settings()] },
    HostilePeer("settings in one go", enhanceYourCalm) { _ in [HTTP2Frame](repeating: .settings(), count: 5000) },
    HostilePeer("priorities", enhanceYourCalm) { _ in [.priority(1)] },
    HostilePeer("priorities of new streams", enhanceYourCalm) { [.priority(2 * $0 + 1)] },
    HostilePeer("window updates", enhanceYourCalm) { _ in [.windowUpdate(0, 1)] },
    onStream("window updates of a stream", enhanceYourCalm) { [.windowUpdate(1, 1)] },
    onStream("empty data", enhanceYourCalm) { [.data(1)] },
    onStream("data that is all padding", enhanceYourCalm) { [.padded(1, padding: 7)] },
    onStream("data that is a length of no padding", enhanceYourCalm) { [.padded(1, padding: 0)] },
  ]

  /// Frames that are wrong by themselves.
  static let faults: [HostilePeer] = [
    once("data on no stream", protocolError, .data(0, "a")),
    once("a head on no stream", protocolError, .request(0)),
    once("a priority on no stream", protocolError, .priority(0)),
    once("a reset of no stream", protocolError, .reset(0)),
    once("a continuation on no stream", protocolError, .continuation(0)),
    once("settings on a stream", protocolError, HTTP2Frame(HTTP2Frame.settings, stream: 1)),
    once("a ping on a stream", protocolError, HTTP2Frame(HTTP2Frame.ping, stream: 1, [0, 0, 0, 0, 0, 0, 0, 0])),
    once("the end of a stream", protocolError, HTTP2Frame(HTTP2Frame.goAway, stream: 1, [0, 0, 0, 0, 0, 0, 0, 0])),
    once("a request on a stream of the server", protocolError, .request(2)),
    once("a push promise", protocolError, HTTP2Frame(5, flags: 4, stream: 1, [0, 0, 0, 2])),
    once("data on a stream that never was", protocolError, .data(1, "a")),
    once("a reset of a stream that never was", protocolError, .reset(1)),
    once("a window update of a stream that never was", protocolError, .windowUpdate(1, 1)),
    once("a continuation of nothing", protocolError, .request(1), .continuation(1)),
    once("another frame within a head", protocolError, .headers(1, [], isWhole: false), .ping()),
    once("a head within a head", protocolError, .headers(1, [], isWhole: false), .request(3)),
    once("a window opened by nothing", protocolError, .windowUpdate(0, 0)),
    once("a stream's window opened by nothing", protocolError, .request(1, "POST", ends: false), .windowUpdate(1, 0)),
    once(
      "a stream that depends on itself", protocolError, .request(1, "POST", ends: false), .priority(1, dependsOn: 1)),
    once("a window beyond its limit", flowControlError, .windowUpdate(0, Int(Int32.max))),
    once("settings with a window beyond its limit", flowControlError, .settings([(id: 4, value: 1 << 31)])),
    once("settings with a frame size below its limit", protocolError, .settings([(id: 5, value: 16_383)])),
    once("settings that allow to push by 2", protocolError, .settings([(id: 2, value: 2)])),
    once("an acknowledgement of settings with settings", frameSizeError, HTTP2Frame(4, flags: 1, [0, 4, 0, 0, 0, 1])),
    once("an acknowledgement of no settings", protocolError, .settingsAck, .settingsAck),
    once("settings cut off", frameSizeError, HTTP2Frame(HTTP2Frame.settings, [0, 4, 0])),
    once("a ping of seven bytes", frameSizeError, HTTP2Frame(HTTP2Frame.ping, [0, 0, 0, 0, 0, 0, 0])),
    once("a reset of three bytes", frameSizeError, .request(1), HTTP2Frame(HTTP2Frame.reset, stream: 1, [0, 0, 0])),
    once("a window update of three bytes", frameSizeError, HTTP2Frame(HTTP2Frame.windowUpdate, [0, 0, 1])),
    once("a frame that is too large", frameSizeError, HTTP2Frame(0, stream: 1, [UInt8](repeating: 0, count: 16_385))),
    once(
      "padding that is longer than its frame", protocolError, .request(1, "POST", ends: false),
      HTTP2Frame(0, flags: 8, stream: 1, [5, 0])),
    once(
      "a head that cannot be read", compressionError,
      HTTP2Frame(1, flags: 5, stream: 1, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff])),
    once("a field that was never remembered", compressionError, HTTP2Frame(1, flags: 5, stream: 1, [0xfe])),
    once("too many settings", enhanceYourCalm, .settings((0..<40).map { (id: 0x100 + $0, value: 0) })),
    once(
      "a head without end", enhanceYourCalm,
      [.headers(1, [(":method", "GET")], isWhole: false)]
        + [HTTP2Frame](repeating: .continuation(1, [("a", "b")]), count: 20)),
    once(
      "a head of nothing without end", enhanceYourCalm,
      [.headers(1, [(":method", "GET")], isWhole: false)] + [HTTP2Frame](repeating: .continuation(1), count: 20)),
  ]

  /// What is sent on new streams, one a round.
  private static func flood(
    _ name: String, _ frames: @escaping @Sendable (_ stream: Int) -> [HTTP2Frame]
  ) -> HostilePeer {
    HostilePeer(name, enhanceYourCalm) { frames(2 * $0 + 1) }
  }

  /// What is sent on one stream, whose request has begun.
  private static func onStream(
    _ name: String, _ code: Int, _ frames: @escaping @Sendable () -> [HTTP2Frame]
  ) -> HostilePeer {
    HostilePeer(name, code) { round in
      (round == 0 ? [HTTP2Frame.request(1, "POST", ends: false)] : []) + frames()
    }
  }

  private static func once(_ name: String, _ code: Int, _ frames: HTTP2Frame...) -> HostilePeer {
    once(name, code, frames)
  }

  private static func once(_ name: String, _ code: Int, _ frames: [HTTP2Frame]) -> HostilePeer {
    HostilePeer(name, code) { $0 == 0 ? frames : [] }
  }
}
