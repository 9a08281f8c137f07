/// Something wrong with an expression, before it is known in which line.
struct PromQLProblem: Error {
  let message: String
  /// The bytes that are meant.
  let range: Range<Int>

  init(_ message: String, at range: Range<Int>) {
    self.message = message
    self.range = range
  }
}
