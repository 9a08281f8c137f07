/// Series that stand one after the other in the body, without a byte between them, and lead to the same tenants: they
/// have the same one tenant label, or none.
///
/// An agent sends the series of a target together, so that most have the tenant of the one before. What is done a run
/// need not be done a series. A series with several tenant labels is a run by itself.
///
/// Positions are 32 bits wide, which halves what the splitter walks over; a decompressed body is limited to
/// `Int32.max` bytes.
struct SeriesRun {
  /// The first byte of the first record's tag.
  var start: UInt32
  /// One past the last byte.
  var end: UInt32
  /// The number of series.
  var count: UInt32
  /// The index of the first tenant label; they end where the next run's begin.
  var firstLabel: UInt32
  /// The number of the one tenant label's value, or one of the constants below.
  var value: Int32
  /// What the series hold together.
  var contents: SeriesContents

  /// The ``value`` of series without a tenant label, which is also that of an empty one (Prometheus' data model).
  static let noValue: Int32 = -1
  /// The ``value`` of a series with several tenant labels.
  static let severalValues: Int32 = -2

  /// The extent in the body, tags and lengths included.
  var range: Range<Int> { Int(start)..<Int(end) }
}
