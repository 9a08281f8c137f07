/// Mends what Go's yaml.v3 writes and nobody can read, yaml.v3 included.
///
/// A block whose first line is empty or begins with a space says by a digit how far it is indented: `|4`. yaml.v3 always
/// states a whole level of indentation, though within the items of a list, where rules are, the block is indented by half
/// of one. Read as it stands, the block is without two of its spaces, or breaks the whole answer off. A block that begins
/// with a tab would need the digit, and does not have it.
///
/// Source: yaml.v3 `yaml_emitter_write_block_scalar_hints` and `yaml_emitter_increase_indent`; libyaml
/// `yaml_parser_scan_block_scalar_breaks`.
enum GoLiteralIndentation {
  /// A level of yaml.v3's indentation.
  fileprivate static let level = 4

  /// A text with the digits as they have to be.
  static func mended(_ text: [UInt8]) -> [UInt8] {
    var mended: [UInt8] = []
    // What of the text is in `mended` already.
    var copied = 0
    var block: BlockHeader?
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
      let line = text[start..<end]
      start = end + 1
      guard let first = line.firstIndex(where: { $0 != UInt8(ascii: " ") }) else { continue }
      let indentation = first - line.startIndex
      // What stands in a block is nobody's business here, but where it begins.
      if let header = block, indentation > header.parent {
        block?.hasBegun = true
        guard !header.hasBegun, let digit = header.neededDigit(beforeTab: line[first] == 0x09 ? indentation : nil)
        else {
          continue
        }
        mended += text[copied..<header.digits.lowerBound] + [UInt8(ascii: "0") + UInt8(digit)]
        copied = header.digits.upperBound
      } else {
        block = BlockHeader(line)
      }
    }
    return copied == 0 ? text : mended + text[copied...]
  }
}

/// A line that ends with the head of a block, such as `- expr: |4-`.
private struct BlockHeader {
  /// The column that the block has to be indented beyond, from 0.
  let parent: Int
  /// Where the digit is, or would be.
  let digits: Range<Int>
  /// Whether a line of the block was seen.
  var hasBegun = false

  /// The column in which yaml.v3 writes the block.
  private let content: Int

  init?(_ line: ArraySlice<UInt8>) {
    var head = line
    if let last = head.last, last == UInt8(ascii: "-") || last == UInt8(ascii: "+") { head.removeLast() }
    let end = head.endIndex
    if head.last == UInt8(ascii: "0") + UInt8(GoLiteralIndentation.level) { head.removeLast() }
    guard head.last == UInt8(ascii: "|") else { return nil }
    digits = head.endIndex..<end
    // The name, with the indicators of collections before it.
    var name = head.drop { $0 == UInt8(ascii: " ") }
    var last: (indicator: UInt8, column: Int)?
    while let first = name.first, "-?:".utf8.contains(first), name.dropFirst().first == UInt8(ascii: " ") {
      last = (first, name.startIndex - line.startIndex)
      name = name.dropFirst(2).drop { $0 == UInt8(ascii: " ") }
    }
    if name.count > 1 {
      guard name.suffix(3).elementsEqual(": |".utf8) else { return nil }
      last = nil
    }
    parent = last?.column ?? name.startIndex - line.startIndex
    let level = GoLiteralIndentation.level
    content = last?.indicator == UInt8(ascii: "-") ? parent + 2 : level * ((parent + level) / level)
  }

  /// The digit that has to be there, unless it is there or none is needed.
  ///
  /// - Parameter indentation: that of the first line, where it begins with a tab.
  func neededDigit(beforeTab indentation: Int?) -> Int? {
    if digits.isEmpty { return indentation.map { $0 - parent } }
    return content - parent == GoLiteralIndentation.level ? nil : content - parent
  }
}
