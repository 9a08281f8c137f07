import Model
import TestSupport
import Testing

/// A load that is not taken, and what its sender is told.
struct BadLoad: Sendable, CustomTestStringConvertible {
  /// What the proxy is started with, so that a small load is above its limits.
  static let arguments = ["--content-length-limit", "4096", "--decompressed-length-limit", "8192"]

  var testDescription: String
  var fields = TestLoad.fields
  var body: [UInt8] = []
  var isChunked = false
  var status: Int
  /// What the answer's text has to contain.
  var text: String

  /// Bodies that cannot be read.
  static var corrupt: [BadLoad] {
    get throws {
      let contents = try TestLoad(["acme", "beta"]).contents()
      let body = LiteralSnappy.compress(contents)
      // The length of the second of two records of the same length.
      let second = contents.count / 2 + 1
      return [
        BadLoad(testDescription: "empty", status: 400, text: "snappy: empty at byte 0"),
        BadLoad(testDescription: "not snappy", body: Array("{\"a\": 1}".utf8), status: 400, text: "snappy: "),
        BadLoad(testDescription: "cut block", body: body.dropLast(), status: 400, text: "goes past the end at byte 2"),
        BadLoad(testDescription: "long block", body: body + [0], status: 400, text: "goes past the end at byte \(body.count)"),
        BadLoad(
          testDescription: "not protobuf", body: LiteralSnappy.compress(Array("remote write".utf8)), status: 400,
          text: "protobuf: WriteRequest: "),
        BadLoad(
          testDescription: "cut record", body: LiteralSnappy.compress(contents.dropLast()), status: 400,
          text: "WriteRequest: cut short at byte \(second)"),
        BadLoad(
          testDescription: "broken after a good record", body: LiteralSnappy.compress(contents + [0x0b]), status: 400,
          text: "at byte \(contents.count)"),
        BadLoad(
          testDescription: "framed snappy", body: [0xff, 6, 0, 0] + Array("sNaPpY".utf8) + body, status: 400,
          text: "snappy: "),
      ]
    }
  }

  /// Bodies that are too large.
  static let large: [BadLoad] = [
    BadLoad(testDescription: "content length", body: [UInt8](repeating: 0, count: 4097), status: 413, text: "4096"),
    BadLoad(
      testDescription: "chunks", body: [UInt8](repeating: 0, count: 4097), isChunked: true, status: 413, text: "4096"),
    BadLoad(
      testDescription: "decompressed", body: bomb(8193), status: 400,
      text: "decompressed length of 8193 bytes is above the limit of 8192"),
    BadLoad(
      testDescription: "decompressed, 4 GiB announced", body: [0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0], status: 400,
      text: "decompressed length of 4294967295 bytes is above the limit of 8192"),
  ]

  /// A block of one byte and copies of it.
  private static func bomb(_ length: Int) -> [UInt8] {
    var block = [UInt8(length & 0x7f) | 0x80, UInt8(length >> 7), 0, 0]
    var rest = length - 1
    while rest > 0 {
      let count = min(rest, 64)
      block += [UInt8((count - 1) << 2 | 2), 1, 0]
      rest -= count
    }
    return block
  }

  /// Types and encodings that are not taken.
  static let unsupported: [BadLoad] = [
    typed("text/plain", "text/plain"),
    typed("application/json", "application/json"),
    typed("application/x-protobuf;proto=io.prometheus.write.v2.Request", "remote write 2.0"),
    typed("application/x-protobuf; proto=io.prometheus.write.v2.Request", "remote write 2.0"),
    typed("application/x-protobuf;proto=io.prometheus.write.v3.Request", "io.prometheus.write.v3.Request"),
    encoded("gzip"), encoded("zstd"), encoded("identity"), encoded("snappy, snappy"), encoded("x-snappy-framed"),
  ]

  private static func typed(_ type: String, _ text: String) -> BadLoad {
    BadLoad(
      testDescription: type, fields: ["Content-Type": type, "Content-Encoding": "snappy"], body: [0], status: 415,
      text: text)
  }

  private static func encoded(_ encoding: String) -> BadLoad {
    BadLoad(
      testDescription: encoding, fields: ["Content-Type": "application/x-protobuf", "Content-Encoding": encoding],
      body: [0], status: 415, text: encoding)
  }
}
