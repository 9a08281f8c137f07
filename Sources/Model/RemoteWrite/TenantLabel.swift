/// A tenant label found on a series: where it stands, and which value it has.
struct TenantLabel {
  /// The first byte of the label's tag.
  var start: UInt32
  /// One past the label's last byte.
  var end: UInt32
  /// The number of the value; -1 where it is empty.
  var value: Int32
  /// The series that has the label.
  var series: SeriesExtent

  /// The label's extent, tag and length included.
  var range: Range<Int> { Int(start)..<Int(end) }
}
