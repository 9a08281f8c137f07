/// Expressions for comparing parsers with each other.
package enum PromQLCorpus {
  /// Sound expressions, changed ones, and words without sense, in turn. None is empty.
  package static func expressions(seed: UInt64, count: Int) -> [String] {
    var generator = PromQLGenerator(seed: seed)
    var expressions: [String] = []
    while expressions.count < count {
      let text =
        switch expressions.count % 5 {
        case 0, 1: generator.expression()
        case 2, 3: generator.mutatedExpression()
        default: generator.wordSoup()
        }
      if !text.isEmpty { expressions.append(text) }
    }
    return expressions
  }
}
