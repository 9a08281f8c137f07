import TestSupport
import Testing

@testable import Model

/// What is said of bodies that are no write requests: the reason, the message and the byte.
@Suite struct WireFaultTests {
  private typealias Message = WireFaultCase.Message

  /// A value for each wire type.
  private static let values: [Int: [UInt8]] = [
    0: [0x01], 1: Array(repeating: 0, count: 8), 2: [0x00], 5: Array(repeating: 0, count: 4),
  ]

  @Test(arguments: wrongWireTypes + brokenTags + cutValues + raggedLists)
  func aFaultIsFoundWhereItIs(_ test: WireFaultCase) throws {
    let fault = try #require(Splitting.fault(in: test.body))
    #expect(fault.reason == test.reason)
    #expect(fault.message == test.message)
    #expect(fault.offset == test.offset)
  }

  @Test(
    arguments: [
      ([0x0A], "WriteRequest: cut short at byte 1"),
      ([0x0A, 0x05, 0x00], "WriteRequest: cut short at byte 1"),
      ([0x0B], "WriteRequest: groups are not supported at byte 0"),
      ([0x0A, 0x01, 0x0E], "TimeSeries: unknown wire type 6 at byte 2"),
      ([0x0A, 0x02, 0x00, 0x00], "TimeSeries: illegal field number at byte 2"),
      ([0x0A, 0x00, 0x08, 0x01], "WriteRequest: field 1 has wire type 0 at byte 2"),
      ([0x10] + Array(repeating: 0xFF, count: 10), "WriteRequest: varint does not fit in 64 bits at byte 1"),
      (
        [0x0A, 0x05, 0x22, 0x03, 0x52, 0x01, 0x00], "Histogram: packed field 10 is no whole number of values at byte 4"
      ),
    ] as [([UInt8], String)])
  func aFaultHasItsText(body: [UInt8], text: String) {
    #expect(Splitting.fault(in: body)?.description == text)
    #expect(throws: LoadError.self) { try Splitting.split(Splitting.block(body), by: Splitting.byTenantID) }
  }

  @Test func aLoadErrorHasItsText() {
    let fault = WireFault(reason: .group, message: "Label", offset: 7)
    #expect(LoadError.malformed(fault).description == "protobuf: Label: groups are not supported at byte 7")
    #expect(LoadError.corruptBlock(CorruptBlock(reason: "empty", offset: 0)).description == "snappy: empty at byte 0")
    #expect(
      LoadError.tooLong(length: 11, limit: 10).description == "decompressed length of 11 bytes is above the limit of 10"
    )
    #expect(LoadError.noRoom(bytes: 3).description == "no room for 3 more bytes in flight")
  }

  /// A label of the usual shape and one of any other are read by different code.
  @Test(
    arguments: [
      ("value's length goes past the label", [0x0A, 0x01, 0x61, 0x12, 0x02, 0x62], 4),
      ("name's length goes past the label", [0x0A, 0x05, 0x61, 0x12, 0x01, 0x62], 1),
      ("name ends at the value's tag", [0x0A, 0x02, 0x61, 0x12], 4),
      ("bytes after the value", [0x0A, 0x01, 0x61, 0x12, 0x00, 0x12], 6),
    ] as [(String, [UInt8], Int)])
  func aLabelIsCheckedInEveryShape(name: String, fields: [UInt8], position: Int) {
    // A name that fills the label is sound, without the value.
    let isSound = name == "name ends at the value's tag"
    let wrapped = Message.label.wrap(fields)
    let expected = WireFault(reason: .truncated, message: "Label", offset: wrapped.start + position)
    #expect(Splitting.fault(in: wrapped.body) == (isSound ? nil : expected))
  }

  // MARK: Tables

  /// Every known field with every wire type but its own.
  private static var wrongWireTypes: [WireFaultCase] {
    Message.allCases.flatMap { message in
      message.knownFields.sorted { $0.key < $1.key }.flatMap { field, allowed in
        values.keys.sorted().filter { !allowed.contains($0) }.map { wireType in
          WireFaultCase(
            "field \(field) with wire type \(wireType)", in: message,
            tag(field, wireType) + (values[wireType] ?? []),
            .unexpectedWireType(field: field, wireType: wireType))
        }
      }
    }
  }

  /// Tags that no message may have, behind a sound unknown field.
  private static var brokenTags: [WireFaultCase] {
    Message.allCases.flatMap { message in
      [
        WireFaultCase("start of a group", in: message, unknown + tag(20, 3), .group, at: unknown.count),
        WireFaultCase("end of a group", in: message, unknown + tag(20, 4), .group, at: unknown.count),
        WireFaultCase("wire type 6", in: message, tag(20, 6), .unknownWireType(6)),
        WireFaultCase("wire type 7", in: message, tag(1, 7), .unknownWireType(7)),
        WireFaultCase("field 0", in: message, unknown + tag(0, 0), .invalidFieldNumber, at: unknown.count),
        WireFaultCase("field 2^29", in: message, tag(1 << 29, 0) + [0], .invalidFieldNumber),
        WireFaultCase("tag cut short", in: message, unknown + [0x80], .truncated, at: unknown.count),
        WireFaultCase("tag too long", in: message, Array(repeating: 0xFF, count: 10), .varintTooLong),
      ]
    }
  }

  /// Values that go past the end of their message, be it known or unknown fields.
  private static var cutValues: [WireFaultCase] {
    Message.allCases.flatMap { message in
      [
        WireFaultCase("varint missing", in: message, tag(20, 0), .truncated, at: 2),
        WireFaultCase("varint cut short", in: message, tag(20, 0) + [0xFF, 0xFF], .truncated, at: 2),
        WireFaultCase("varint of 11 bytes", in: message, tag(20, 0) + longVarint, .varintTooLong, at: 2),
        WireFaultCase("varint of 65 bits", in: message, tag(20, 0) + wideVarint, .varintTooLong, at: 2),
        WireFaultCase("7 of 8 bytes", in: message, tag(20, 1) + Array(repeating: 0, count: 7), .truncated, at: 2),
        WireFaultCase("3 of 4 bytes", in: message, tag(20, 5) + Array(repeating: 0, count: 3), .truncated, at: 2),
        WireFaultCase("length past the end", in: message, tag(20, 2) + [0x03, 0, 0], .truncated, at: 2),
        WireFaultCase("length missing", in: message, tag(20, 2), .truncated, at: 2),
        WireFaultCase("length of 2^64 - 1", in: message, tag(20, 2) + greatestVarint, .truncated, at: 2),
        WireFaultCase("length of 2^63", in: message, tag(20, 2) + WireBytes.varint(1 << 63), .truncated, at: 2),
      ]
    } + knownCutValues
  }

  private static var knownCutValues: [WireFaultCase] {
    Message.allCases.flatMap { message in
      message.knownFields.sorted { $0.key < $1.key }.flatMap { field, allowed in
        allowed.map { wireType in
          let tag = tag(field, wireType)
          let value: [UInt8] = wireType == 1 ? Array(repeating: 0, count: 7) : wireType == 2 ? [0x01] : []
          return WireFaultCase(
            "field \(field) of wire type \(wireType) cut short", in: message, tag + value, .truncated, at: tag.count)
        }
      }
    }
  }

  /// Lists that do not end where a value ends.
  private static var raggedLists: [WireFaultCase] {
    [10, 13, 16].flatMap { field in
      [1, 7, 9, 15].map { length in
        WireFaultCase(
          "field \(field) of \(length) bytes", in: .histogram,
          WireField(field, .bytes(Array(repeating: 0, count: length))).bytes, .raggedPackedList(field: field))
      }
    }
      + [9, 12].flatMap { field in
        [
          WireFaultCase("list \(field) cut short", in: .histogram, tag(field, 2) + [2, 0x01, 0x80], .truncated, at: 3),
          WireFaultCase(
            "list \(field) with a long varint", in: .histogram, tag(field, 2) + [11] + longVarint, .varintTooLong, at: 2
          ),
        ]
      }
  }

  // MARK: Pieces

  private static let unknown: [UInt8] = tag(30, 0) + [0x05]
  private static let longVarint: [UInt8] = Array(repeating: 0x80, count: 10) + [0x01]
  private static let wideVarint: [UInt8] = Array(repeating: 0xFF, count: 9) + [0x02]
  private static let greatestVarint = WireBytes.varint(.max)

  private static func tag(_ field: Int, _ wireType: Int) -> [UInt8] {
    WireBytes.varint(UInt64(field) << 3 | UInt64(wireType))
  }
}
