import Model
import Testing

@Suite struct CanonicalGroupTests {
  private static func hash(_ json: String, _ dialect: RulerDialect = .cortex) throws -> ContentHash {
    RuleComparison(dialect: dialect).hash(try RuleGroup(document: try JSONReader.read(Array(json.utf8))))
  }

  private static func group(_ fields: String, rule: String = "") -> String {
    #"{"name":"g"\#(fields),"rules":[{"record":"a","expr":"up"\#(rule)}]}"#
  }

  @Test(arguments: [
    (group(#","interval":"60s""#), group(#","interval":"1m""#)),
    (group(#","interval":"1h90m""#), group(#","interval":"2h30m""#)),
    (group(#","interval":"0s","limit":0,"labels":{}"#), group("")),
    (group(#","limit":"5""#), group(#","limit":5"#)),
    (group(#","query_offset":"60s""#), group(#","query_offset":"1m""#)),
    (group(#","x":{},"y":[],"z":null,"align_evaluation_time_on_interval":false"#), group("")),
    (group(#","evaluation_delay":"60s""#), group(#","evaluation_delay":"1m""#)),
    (group(#","x":1,"y":2"#), group(#","y":2,"x":1"#)),
    (group("", rule: #","for":"0s","alert":"","labels":{},"annotations":null"#), group("")),
    (group("", rule: #","labels":{"a":"1","b":"x"}"#), group("", rule: #","labels":{"b":"x","a":1}"#)),
    (group("", rule: #","keep_firing_for":"90s""#), group("", rule: #","keep_firing_for":"1m30s""#)),
  ]) func theSameInOtherWords(_ left: String, _ right: String) throws {
    #expect(try Self.hash(left) == Self.hash(right))
  }

  @Test(arguments: [
    group(#","interval":"1m""#), group(#","interval":"x""#), group(#","limit":1"#), group(#","labels":{"a":"b"}"#),
    group(#","x":1"#), group(#","query_offset":"0s""#), group(#","query_offset":"1s""#),
    group("", rule: #","for":"1m""#), group("", rule: #","labels":{"a":""}"#),
    group("", rule: #","annotations":{"a":"b"}"#), group("", rule: #","x":1"#),
    #"{"name":"g","rules":[{"record":"a","expr":"up\n"}]}"#, #"{"name":"h","rules":[{"record":"a","expr":"up"}]}"#,
    #"{"name":"g","rules":[{"alert":"a","expr":"up"}]}"#,
    #"{"name":"g","rules":[{"record":"a","expr":"up"},{"record":"a","expr":"up"}]}"#, #"{"name":"g","rules":[]}"#,
  ]) func somethingElse(_ other: String) throws {
    #expect(try Self.hash(other) != Self.hash(Self.group("")))
  }

  @Test func anOffsetOfNothingIsOneForCortexOnly() throws {
    let none = Self.group("")
    let zero = Self.group(#","query_offset":"0s""#)
    #expect(try Self.hash(none, .cortex) != Self.hash(zero, .cortex))
    #expect(try Self.hash(none, .mimir) == Self.hash(zero, .mimir))
    #expect(try Self.hash(Self.group(#","query_offset":"0""#)) == Self.hash(zero))
  }

  @Test func theOrderOfRulesCounts() throws {
    let left = #"{"name":"g","rules":[{"record":"a","expr":"x"},{"record":"b","expr":"y"}]}"#
    let right = #"{"name":"g","rules":[{"record":"b","expr":"y"},{"record":"a","expr":"x"}]}"#
    #expect(try Self.hash(left) != Self.hash(right))
  }

  /// Texts that Unicode calls equal may name different series.
  @Test func bytesCountAndNotCharacters() throws {
    let composed = RuleGroup(name: "g", rules: [Rule(record: "a", expression: "\u{E9}")])
    let decomposed = RuleGroup(name: "g", rules: [Rule(record: "a", expression: "e\u{301}")])
    #expect(RuleComparison().hash(composed) != RuleComparison().hash(decomposed))
    #expect(LedgerKey(namespace: "n", group: "\u{E9}") != LedgerKey(namespace: "n", group: "e\u{301}"))
  }

  /// Ledgers hold hashes: they have to be the same in every version.
  @Test func theHashIsKept() throws {
    #expect(try Self.hash(Self.group("")).text == "97579b231bf6fad9e7edc82d020a7e01")
    let text = "00ff00000000000000000000000000ab"
    #expect(ContentHash(text: text)?.text == text)
    #expect(ContentHash(text: "00FF") == nil)
    #expect(ContentHash(text: "zz" + text.dropFirst(2)) == nil)
  }

  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
  ]) func knownHashes(_ text: String, _ hash: String) {
    let digits = SHA256.hash(Array(text.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
    #expect(digits.joined() == hash)
  }

  @Test func aRulerMayLeaveOutButNotChange() {
    let written = RuleGroup(
      name: "g", interval: "60s", limit: "3", rules: [Rule(alert: "A", expression: "up", keepFiringFor: "1m")],
      otherFields: [DocumentField("x", .text("y"))])
    let comparison = RuleComparison { $0.filter { $0 != " " } == $1.filter { $0 != " " } }
    func isRendering(_ change: (inout RuleGroup) -> Void) -> Bool {
      var found = written
      change(&found)
      return found.isRendering(of: written, dialect: .cortex, expressionsAreEqual: comparison.expressionsAreEqual)
    }
    #expect(isRendering { $0.limit = "" })
    #expect(isRendering { $0.interval = "1m" })
    #expect(isRendering { $0.otherFields = [] })
    #expect(isRendering { $0.rules[0].keepFiringFor = "" })
    #expect(isRendering { $0.rules[0].expression = " up " })
    #expect(!isRendering { $0.limit = "4" })
    #expect(!isRendering { $0.interval = "" })
    #expect(!isRendering { $0.rules[0].expression = "down" })
    #expect(!isRendering { $0.rules = [] })
  }
}
