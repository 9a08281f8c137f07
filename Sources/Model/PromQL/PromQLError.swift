/// One thing that is wrong with an expression.
package struct PromQLError: Error, Equatable, CustomStringConvertible {
  /// What is wrong, in Prometheus' words where it has some.
  package let message: String
  /// The bytes of the text that are meant; empty where something is missing.
  package let range: Range<Int>
  /// The line of its start, counted from 1.
  package let line: Int
  /// The byte of the line at which it starts, counted from 1.
  package let column: Int
  /// Whether there is a text for the position to be in.
  private let isPlaced: Bool

  init(_ problem: PromQLProblem, in text: Span<UInt8>) {
    message = problem.message
    range = problem.range
    var line = 1
    var start = 0
    for index in 0..<min(problem.range.lowerBound, text.count) where text[index] == UInt8(ascii: "\n") {
      line += 1
      start = index + 1
    }
    self.line = line
    column = problem.range.lowerBound - start + 1
    isPlaced = !text.isEmpty
  }

  /// As Prometheus prints it: `1:5: parse error: …`.
  package var description: String {
    "\(isPlaced ? "\(line):\(column)" : "unknown position"): parse error: \(message)"
  }
}
