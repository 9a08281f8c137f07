/// Reading characters out of bytes, as Go does.
extension [UInt8] {
  /// The character that begins at `index`, and its length in bytes; `nil` where the bytes there are no UTF-8.
  func scalar(at index: Int) -> (value: Unicode.Scalar, length: Int)? {
    // Nearly all of what is read is ASCII.
    let first = self[index]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    return UTF8Scalar(at: index, of: span).map { ($0.value, $0.length) }
  }

  /// Whether `text` stands at `index`.
  func starts(with text: String, at index: Int) -> Bool {
    self[index...].starts(with: text.utf8)
  }

  /// The bytes of `range` as text; what is no UTF-8 in them is replaced.
  func text(_ range: Range<Int>) -> String {
    String(decoding: self[range], as: UTF8.self)
  }

  /// All bytes as text.
  var text: String { text(indices) }
}
