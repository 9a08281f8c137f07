import Model
import TestSupport
import Testing

struct WatchLinesTests {
  private func lines(_ pieces: [[UInt8]], limit: Int = 1000) throws -> (lines: [String], rest: String) {
    var cutter = WatchLines(limit: limit)
    let lines = try pieces.flatMap { try cutter.append($0) }.map { String(decoding: $0, as: UTF8.self) }
    return (lines, String(decoding: cutter.rest, as: UTF8.self))
  }

  @Test(
    arguments: [
      ("", [], ""), ("a\n", ["a"], ""), ("a\nb", ["a"], "b"), ("\n\na\n\n", ["a"], ""), ("a", [], "a"),
      ("one\ntwo\nthree", ["one", "two"], "three"),
    ])
  func linesAreCutWhereverThePiecesEnd(text: String, expected: [String], rest: String) throws {
    let bytes = Array(text.utf8)
    for length in 1...max(1, bytes.count) {
      let pieces = stride(from: 0, to: bytes.count, by: length).map { Array(bytes[$0..<min($0 + length, bytes.count)]) }
      let result = try lines(pieces)
      #expect(result.lines == expected)
      #expect(result.rest == rest)
    }
  }

  @Test func aLineMayBeAsLongAsTheLimitAndNotLonger() throws {
    let line = String(repeating: "x", count: 1000)
    #expect(try lines([Array("\(line)\n".utf8)]).lines == [line])
    #expect(throws: DocumentError.self) { try lines([Array("\(line)x\n".utf8)]) }
    // Without waiting for its end.
    #expect(throws: DocumentError.self) { try lines([Array(line.utf8), Array("x".utf8)]) }
  }
}
