/// Finds the places of a scalar's bytes in the text that it was read from, so that what is wrong within an expression
/// can be pointed at where people wrote it.
///
/// A scalar is not always written as it reads: lines are folded, indented and escaped. The scalar's text is laid beside
/// its source, byte by byte; where they differ, the place is the nearest one before.
package struct ScalarSource: Sendable {
  private let source: [UInt8]
  /// Where each line begins.
  private let lineStarts: [Int]

  /// - Parameter source: the whole document stream, in UTF-8.
  package init(_ source: [UInt8]) {
    self.source = source
    var starts = [0]
    for (index, byte) in source.enumerated() where byte == UInt8(ascii: "\n") { starts.append(index + 1) }
    lineStarts = starts
  }

  /// A line without its end, for people to read; empty where there is none.
  ///
  /// - Parameter number: from 1.
  package func line(_ number: Int) -> String {
    guard lineStarts.indices.contains(number - 1) else { return "" }
    let start = lineStarts[number - 1]
    var end = lineStarts.indices.contains(number) ? lineStarts[number] - 1 : source.count
    if end > start, source[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return String(decoding: source[start..<end], as: UTF8.self)
  }

  /// The place of a byte of a scalar.
  ///
  /// - Parameter offset: in bytes of the scalar's text; its length stands for the place behind it.
  /// - Returns: the place of the node itself where it is no scalar; `nil` where that is not known.
  package func position(of offset: Int, in node: DocumentNode) -> SourcePosition? {
    guard let start = node.position, let begin = self.offset(of: start) else { return node.position }
    guard case .scalar(let text, let style) = node.content else { return start }
    return position(ofByte: align(Array(text.utf8), style: style, from: begin, to: offset))
  }

  private func offset(of position: SourcePosition) -> Int? {
    guard lineStarts.indices.contains(position.line - 1) else { return nil }
    let offset = lineStarts[position.line - 1] + position.column - 1
    return offset <= source.count ? offset : nil
  }

  private func position(ofByte offset: Int) -> SourcePosition {
    // The last line that begins at or before the byte.
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return SourcePosition(line: low + 1, column: offset - lineStarts[low] + 1)
  }

  /// Walks the source from `begin` until `offset` bytes of the text have been passed.
  private func align(_ text: [UInt8], style: ScalarStyle, from begin: Int, to offset: Int) -> Int {
    var place = firstByte(style, from: begin)
    var index = 0
    while index < text.count, place < source.count {
      if style == .doubleQuoted, source[place] == UInt8(ascii: "\\"), let length = escapeLength(at: place) {
        let character = Self.characterLength(text[index])
        if offset < index + character { return place }
        place += length
        index += character
      } else if isSame(text[index], at: place) {
        if index >= offset { return place }
        place += isDoubledQuote(style, at: place) ? 2 : 1
        index += 1
      } else if isLeftOut(at: place) {
        place += 1
      } else {
        return place
      }
    }
    return place
  }

  /// Where the text of a scalar begins: behind its quote, or on the line below its indicator.
  private func firstByte(_ style: ScalarStyle, from begin: Int) -> Int {
    switch style {
    case .plain: begin
    case .singleQuoted, .doubleQuoted: min(begin + 1, source.count)
    case .literal, .folded: source[begin...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? source.count
    }
  }

  /// Whether the source has this byte here; a line's end may read as a space.
  private func isSame(_ byte: UInt8, at place: Int) -> Bool {
    source[place] == byte || (byte == UInt8(ascii: " ") && source[place] == UInt8(ascii: "\n"))
  }

  /// Whether the source has something here that may not show in the text: indentation, ends of lines, and
  /// the backslash that takes one out.
  private func isLeftOut(at place: Int) -> Bool {
    " \t\r\n\\".utf8.contains(source[place])
  }

  private func isDoubledQuote(_ style: ScalarStyle, at place: Int) -> Bool {
    style == .singleQuoted && source[place] == UInt8(ascii: "'")
  }

  /// The length of an escape in double quotes; `nil` for one that stands for nothing, at the end of a line.
  private func escapeLength(at place: Int) -> Int? {
    guard place + 1 < source.count else { return nil }
    return switch source[place + 1] {
    case UInt8(ascii: "x"): 4
    case UInt8(ascii: "u"): 6
    case UInt8(ascii: "U"): 10
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"): nil
    default: 2
    }
  }

  /// The length in UTF-8 of the character that begins with this byte.
  private static func characterLength(_ first: UInt8) -> Int {
    switch first {
    case 0xF0...: 4
    case 0xE0...: 3
    case 0xC0...: 2
    default: 1
    }
  }
}
