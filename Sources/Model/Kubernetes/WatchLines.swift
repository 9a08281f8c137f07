/// Cuts what comes of a watch into lines.
package struct WatchLines: ~Copyable {
  private let limit: Int
  /// The line that has begun and not ended.
  package private(set) var rest: [UInt8] = []

  /// - Parameter limit: the bytes of the longest line that is taken.
  package init(limit: Int) {
    self.limit = limit
  }

  /// Takes a piece.
  ///
  /// - Returns: the lines that are complete with it, without their ends and without empty ones.
  /// - Throws: that a line is too long.
  package mutating func append(_ piece: [UInt8]) throws(DocumentError) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var start = piece.startIndex
    while let end = piece[start...].firstIndex(of: UInt8(ascii: "\n")) {
      rest += piece[start..<end]
      try check()
      if !rest.isEmpty { lines.append(rest) }
      rest = []
      start = end + 1
    }
    rest += piece[start...]
    try check()
    return lines
  }

  private func check() throws(DocumentError) {
    guard rest.count <= limit else { throw DocumentError("an event has more than \(limit) bytes") }
  }
}
