/// A tenant label found on a series: where it stands, and where its value does.
struct TenantLabel {
  /// The first byte of the label's tag.
  var start: UInt32
  /// One past the label's last byte.
  var end: UInt32
  /// The value's first byte.
  var valueStart: UInt32
  /// One past the value's last byte.
  var valueEnd: UInt32
  /// The value's hash, taken while its bytes are at hand: when the labels are assigned, they are far away again.
  var hash: UInt64

  /// The label's extent, tag and length included.
  var range: Range<Int> { Int(start)..<Int(end) }

  /// The extent of the value.
  var value: Range<Int> { Int(valueStart)..<Int(valueEnd) }
}
