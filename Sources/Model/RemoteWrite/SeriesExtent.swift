/// Where one TimeSeries stands in a decompressed write request.
struct SeriesExtent {
  /// The first byte of the record's tag.
  var start: UInt32 = 0
  /// The first byte of the TimeSeries message, behind tag and length.
  var payload: UInt32 = 0
  /// One past the last byte.
  var end: UInt32 = 0

  /// The record's extent, tag and length included.
  var range: Range<Int> { Int(start)..<Int(end) }

  /// Reads a field of a write request that is a series of the usual shape: of less than 16 KiB, so that its length takes
  /// one byte or two.
  ///
  /// - Returns: the extent of the TimeSeries message; `nil` where the field is anything else.
  /// - Precondition: `position` is not negative.
  @inline(__always)
  static func usualPayload(_ body: RawSpan, at position: Int) -> Range<Int>? {
    guard position &+ 4 <= body.byteCount else { return nil }
    // 0A, the length.
    let front = unsafe UInt32(
      littleEndian: body.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt32.self))
    guard front & 0xFF == 0x0A else { return nil }
    let first = Int(front >> 8 & 0x7F)
    let start: Int
    let length: Int
    if front & 0x8000 == 0 {
      (start, length) = (position &+ 2, first)
    } else if front & 0x80_0000 == 0 {
      (start, length) = (position &+ 3, first | Int(front >> 16 & 0x7F) << 7)
    } else {
      return nil
    }
    guard length <= body.byteCount &- start else { return nil }
    return start..<(start &+ length)
  }
}
