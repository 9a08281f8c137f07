import Model
import Testing

@Suite struct HeaderFieldsTests {
  private let fields: HeaderFields = ["Accept": "a", "X-Two": "1", "x-two": "2", "Größe": "g", "": "empty"]

  @Test(
    arguments: [
      ("Accept", "a"), ("ACCEPT", "a"), ("accept", "a"), ("Accept ", nil), ("Accep", nil), ("X-TWO", "1"),
      // Case counts outside of ASCII, and the characters beside the letters have none.
      ("grÖße", nil), ("grÖsse", nil), ("gRöße", "g"), ("", "empty"), ("x-twO", "1"), ("x\rtwo", nil),
    ] as [(String, String?)])
  func theFirstFieldOfANameIsFound(name: String, value: String?) {
    #expect(fields[name] == value)
  }

  /// `[` and `{`, `@` and the back quote differ by the bit that tells capitals from small letters.
  @Test(arguments: [("[", "{"), ("@", "`"), ("\\", "|"), ("^", "~")])
  func onlyLettersHaveCase(one: String, other: String) {
    #expect(HeaderFields([(name: one, value: "1")])[other] == nil)
  }

  @Test func allValuesOfANameComeInTheirOrder() {
    #expect(fields.values(of: "X-two") == ["1", "2"])
    #expect(fields.values(of: "none").isEmpty)
  }

  @Test func aFieldIsAddedAtTheEnd() {
    var fields = fields
    fields.add("X-TWO", "3")
    #expect(fields.values(of: "x-two") == ["1", "2", "3"])
    #expect(fields["x-two"] == "1")
    #expect(fields.fields.last?.name == "X-TWO")
  }
}
