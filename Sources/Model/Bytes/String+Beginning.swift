extension String {
  /// The Unicode scalars that fit into so many bytes as a whole: a part of one would be replaced by something that may
  /// be longer.
  package func beginning(upTo length: Int) -> String {
    guard var end = utf8.index(startIndex, offsetBy: length, limitedBy: endIndex) else { return self }
    while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
    return String(self[..<end])
  }
}
