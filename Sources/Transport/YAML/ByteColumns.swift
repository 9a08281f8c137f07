internal import CYaml
internal import Model

/// Makes positions of libyaml's marks, which count characters where a position counts bytes.
///
/// It walks over the text once, and so wants the marks in the order of the text.
struct ByteColumns {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let isASCII: Bool
  /// Where the walk stands, in characters and in bytes from the beginning of the text.
  private var character = 0
  private var offset = 0
  /// The line of the last mark, from 0, and the byte with which it begins.
  private var line = 0
  private var lineOffset = 0

  /// - Parameter bytes: must stay as long as this does.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    isASCII = bytes.allSatisfy { $0 < 0x80 }
  }

  mutating func position(of mark: yaml_mark_t) -> SourcePosition {
    guard !isASCII else { return SourcePosition(line: mark.line + 1, column: mark.column + 1) }
    if mark.line != line {
      advance(toCharacter: mark.index - mark.column)
      line = mark.line
      lineOffset = offset
    }
    advance(toCharacter: mark.index)
    return SourcePosition(line: mark.line + 1, column: offset - lineOffset + 1)
  }

  /// The position of a byte that is no character, and therefore without a mark.
  func position(ofByte offset: Int) -> SourcePosition {
    let before = bytes.prefix(offset)
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let line = before.count { $0 == UInt8(ascii: "\n") }
    return SourcePosition(line: line + 1, column: before.count - lineStart + 1)
  }

  private mutating func advance(toCharacter target: Int) {
    while character < target, offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      character += 1
    }
  }
}
