import Model
import TestSupport
import Testing

@Suite struct NamespaceTemplateTests {
  @Test(
    arguments: [
      ("{namespace}", "team-a", "team-a"), ("prod-{namespace}", "team-a", "prod-team-a"),
      ("{namespace}/eu", "a", "a/eu"), ("a {namespace} ö", "b", "a b ö"), ("all", "team-a", "all"),
    ])
  func aNamespaceOfTheRulerIsMadeOfOneOfKubernetes(text: String, namespace: String, expected: String) throws {
    let template = try NamespaceTemplate(text)
    #expect(template.rulerNamespace(for: namespace) == expected)
    #expect(template.covers(expected))
    #expect(template.namespace(for: expected) == (text == "all" ? nil : namespace))
  }

  @Test(
    arguments: [
      ("prod-{namespace}", "team-a"), ("prod-{namespace}", "prod-"), ("prod-{namespace}", "Prod-a"),
      ("{namespace}-eu", "-eu"), ("ab{namespace}bc", "abc"), ("all", "al"), ("all", "alls"), ("{namespace}", ""),
      // Unicode calls these equal; a ruler does not.
      ("\u{E9}-{namespace}", "e\u{301}-a"), ("{namespace}\u{E9}", "ae\u{301}"), ("\u{E9}", "e\u{301}"),
    ])
  func namespacesThatAreNotOfATemplateAreNotCovered(text: String, rulerNamespace: String) throws {
    let template = try NamespaceTemplate(text)
    #expect(template.namespace(for: rulerNamespace) == nil)
    #expect(!template.covers(rulerNamespace))
  }

  @Test(
    arguments: [
      ("", "is empty"), ("{namespace}{namespace}", "once"), ("{name}", "no other braces"), ("{", "no other braces"),
      ("a}{namespace}", "no other braces"), (String(repeating: "a", count: 118) + "{namespace}", "longer than 180"),
      (String(repeating: "a", count: 181), "longer than 180"),
    ])
  func whatIsNoTemplateIsRefused(text: String, reason: String) {
    let error = #expect(throws: InvalidNamespaceTemplate.self) { try NamespaceTemplate(text) }
    #expect(error?.description.contains(reason) == true)
    #expect(error?.text == text)
  }

  /// The two directions are each other's reverse, byte for byte.
  @Test(arguments: UInt64(0)..<200) func whatIsMadeOfANamespaceLeadsBackToIt(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let pieces = ["", "a", "-", "é", "e\u{301}", "/", "prod"]
    func text(_ random: inout SplitMix64) -> String {
      (0..<random.below(4)).map { _ in random.pick(pieces) }.joined()
    }
    let template = try NamespaceTemplate(text(&random) + NamespaceTemplate.placeholder + text(&random))
    let namespace = random.pick(["a", "team-a", "default", "x0"])
    let made = template.rulerNamespace(for: namespace)
    #expect(template.namespace(for: made).map { Array($0.utf8) } == Array(namespace.utf8))
    let other = text(&random)
    if let found = template.namespace(for: other) {
      #expect(Array(template.rulerNamespace(for: found).utf8) == Array(other.utf8))
    }
  }
}
