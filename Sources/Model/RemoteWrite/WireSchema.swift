/// The messages inside a series that are forwarded without being looked into, checked for being
/// well-formed: what goes out has to be what the upstream can read, for it refuses the whole request
/// otherwise.
///
/// Source: `prometheus/prompb/types.proto` and `cortexpb/cortex.proto`.
enum WireSchema {
  /// Sample: value (1, double), timestamp (2), start timestamp (3).
  static func checkSample(_ body: Span<UInt8>, _ range: Range<Int>) throws(WireFault) {
    var reader = WireReader(body, from: range.lowerBound, to: range.upperBound, message: "Sample")
    while !reader.isAtEnd {
      let tag = try reader.tag()
      switch tag.field {
      case 1: try reader.skipValue(of: tag, expecting: .fixed64)
      case 2, 3: try reader.skipValue(of: tag, expecting: .varint)
      default: try reader.skipValue(of: tag)
      }
    }
  }

  /// Reads a field of a series that is a sample of the usual shape: a value and a timestamp in this order, and nothing
  /// else.
  ///
  /// - Returns: where the next field begins; `nil` where the field is anything else, or stands so near to the end of the
  ///   body that it is better read byte by byte.
  /// - Precondition: `position` is not negative, and `end` not beyond the body.
  @inline(__always)
  static func endOfUsualSample(_ body: RawSpan, at position: Int, before end: Int) -> Int? {
    // 12, the sample's length, 09, the value, 10, a timestamp of up to eight bytes.
    guard position &+ 20 <= body.byteCount else { return nil }
    let front = unsafe UInt32(
      littleEndian: body.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt32.self))
    let middle = unsafe body.unsafeLoad(fromUncheckedByteOffset: position &+ 11, as: UInt8.self)
    guard front & 0xFF_00FF == 0x09_0012, middle == 0x10 else { return nil }
    let timestamp = unsafe UInt64(
      littleEndian: body.unsafeLoadUnaligned(fromUncheckedByteOffset: position &+ 12, as: UInt64.self))
    // The bit that a varint's last byte lacks.
    let last = (~timestamp & 0x8080_8080_8080_8080).trailingZeroBitCount
    guard last < 64 else { return nil }
    let sampleEnd = position &+ 13 &+ last >> 3
    return sampleEnd <= end && position &+ 2 &+ Int(front >> 8 & 0xFF) == sampleEnd ? sampleEnd : nil
  }

  /// Exemplar: labels (1), value (2, double), timestamp (3).
  static func checkExemplar(_ body: Span<UInt8>, _ range: Range<Int>) throws(WireFault) {
    var reader = WireReader(body, from: range.lowerBound, to: range.upperBound, message: "Exemplar")
    while !reader.isAtEnd {
      let tag = try reader.tag()
      switch tag.field {
      case 1:
        guard tag.wireType == .lengthDelimited else { throw reader.unexpected(tag) }
        _ = try LabelPair.read(body, reader.delimited())
      case 2: try reader.skipValue(of: tag, expecting: .fixed64)
      case 3: try reader.skipValue(of: tag, expecting: .varint)
      default: try reader.skipValue(of: tag)
      }
    }
  }

  /// MetricMetadata: type (1), family name (2), help (4), unit (5).
  static func checkMetadata(_ body: Span<UInt8>, _ range: Range<Int>) throws(WireFault) {
    var reader = WireReader(body, from: range.lowerBound, to: range.upperBound, message: "MetricMetadata")
    while !reader.isAtEnd {
      let tag = try reader.tag()
      switch tag.field {
      case 1: try reader.skipValue(of: tag, expecting: .varint)
      case 2, 4, 5: try reader.skipValue(of: tag, expecting: .lengthDelimited)
      default: try reader.skipValue(of: tag)
      }
    }
  }

  /// Histogram, the native kind: counts (1, 2, 6, 7), sum (3), schema (4), zero threshold (5),
  /// spans (8, 11), deltas (9, 12), absolute counts (10, 13), reset hint (14), timestamp (15),
  /// custom bounds (16), start timestamp (17).
  static func checkHistogram(_ body: Span<UInt8>, _ range: Range<Int>) throws(WireFault) {
    var reader = WireReader(body, from: range.lowerBound, to: range.upperBound, message: "Histogram")
    while !reader.isAtEnd {
      let tag = try reader.tag()
      switch tag.field {
      case 1, 4, 6, 14, 15, 17: try reader.skipValue(of: tag, expecting: .varint)
      case 2, 3, 5, 7: try reader.skipValue(of: tag, expecting: .fixed64)
      case 8, 11:
        guard tag.wireType == .lengthDelimited else { throw reader.unexpected(tag) }
        try checkBucketSpan(body, reader.delimited())
      case 9, 12:
        if tag.wireType == .lengthDelimited {
          try checkPackedVarints(body, reader.delimited())
        } else {
          try reader.skipValue(of: tag, expecting: .varint)
        }
      case 10, 13, 16:
        if tag.wireType == .lengthDelimited {
          let list = try reader.delimited()
          guard list.count.isMultiple(of: 8) else {
            throw reader.fault(.raggedPackedList(field: tag.field), at: tag.offset)
          }
        } else {
          try reader.skipValue(of: tag, expecting: .fixed64)
        }
      default: try reader.skipValue(of: tag)
      }
    }
  }

  /// BucketSpan: offset (1), length (2).
  private static func checkBucketSpan(_ body: Span<UInt8>, _ range: Range<Int>) throws(WireFault) {
    var reader = WireReader(body, from: range.lowerBound, to: range.upperBound, message: "BucketSpan")
    while !reader.isAtEnd {
      let tag = try reader.tag()
      switch tag.field {
      case 1, 2: try reader.skipValue(of: tag, expecting: .varint)
      default: try reader.skipValue(of: tag)
      }
    }
  }

  private static func checkPackedVarints(_ body: Span<UInt8>, _ range: Range<Int>) throws(WireFault) {
    var reader = WireReader(body, from: range.lowerBound, to: range.upperBound, message: "Histogram")
    while !reader.isAtEnd {
      _ = try reader.varint()
    }
  }
}
