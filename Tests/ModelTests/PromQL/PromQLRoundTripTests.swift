import Model
import TestSupport
import Testing

/// What is printed can be read again, and is the same.
@Suite struct PromQLRoundTripTests {
  private static let parser = PromQLParser()

  @Test(arguments: 0..<20 as Range<UInt64>)
  func generatedExpressionsAreTakenAndPrinted(seed: UInt64) throws {
    var generator = PromQLGenerator(seed: seed)
    for _ in 0..<300 {
      let text = generator.expression()
      let expression = try Self.parser.parse(text)
      let printed = expression.canonical()
      let again = try Self.parser.parse(printed)
      #expect(again == expression, "\(text)")
      #expect(again.canonical() == printed, "\(text)")
      #expect(again.valueType == expression.valueType, "\(text)")
      #expect(again.nodes.count == expression.nodes.count, "\(text)")
    }
  }

  @Test func manyMutationsAreRefused() {
    var generator = PromQLGenerator(seed: 99)
    let refused = (0..<2000).count { _ in !Self.parser.messages(of: generator.mutatedExpression()).isEmpty }
    // The generator is to make both kinds.
    #expect(500...1900 ~= refused)
  }
}
