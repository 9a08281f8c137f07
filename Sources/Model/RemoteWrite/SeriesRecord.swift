/// Where one TimeSeries stands in a decompressed write request, and what it holds.
///
/// Positions are 32 bits wide, which halves what the splitter walks over; a decompressed body is
/// limited to `Int32.max` bytes.
struct SeriesRecord {
  /// The first byte of the record's tag.
  var start: UInt32 = 0
  /// The first byte of the TimeSeries message, behind tag and length.
  var payload: UInt32 = 0
  /// One past the last byte.
  var end: UInt32 = 0
  /// The index of the record's first tenant label; they end where the next record's begin.
  var firstLabel: UInt32 = 0
  /// What the series holds.
  var contents = SeriesContents()

  /// The record's extent, tag and length included.
  var range: Range<Int> { Int(start)..<Int(end) }
}
