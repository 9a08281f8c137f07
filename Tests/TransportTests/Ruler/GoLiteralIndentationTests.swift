import Model
import Testing

@testable import Transport

@Suite("Ruler: blocks that yaml.v3 states wrongly")
struct GoLiteralIndentationTests {
  private func mended(_ text: String) -> String {
    String(decoding: GoLiteralIndentation.mended(Array(text.utf8)), as: UTF8.self)
  }

  @Test(
    "a digit is mended where it is wrong",
    arguments: [
      ("- expr: |4-\n\n    up\n  for: 5m\n", "- expr: |2-\n\n    up\n  for: 5m\n"),
      ("    - expr: |4\n         up\n", "    - expr: |2\n         up\n"),
      (
        "a:\n    - b: |4+\n\n        x\n\n    - b: |4\n\n        y\n",
        "a:\n    - b: |2+\n\n        x\n\n    - b: |2\n\n        y\n"
      ),
      ("- |4-\n\n  up\n", "- |2-\n\n  up\n"),
      ("expr: |-\n    \tup\n", "expr: |4-\n    \tup\n"),
      ("- expr: |\n    \tup\n", "- expr: |2\n    \tup\n"),
    ])
  func wrong(text: String, expected: String) throws {
    #expect(mended(text) == expected)
    _ = try YAMLReader().documents(in: Array(expected.utf8))
  }

  @Test(
    "everything else stays as it is",
    arguments: [
      "", "a: b\n", "expr: |4-\n\n    up\n", "? |4-\n\n    a\n: b\n", "- expr: |2-\n\n    up\n", "- expr: |\n    up\n",
      "- expr: |-\n    a\n    \tb\n", "- expr: 'x |4-'\n", "- expr: \"a: |4-\"\n", "- expr: a|4\n",
      // What stands in a block only looks like the head of one.
      "- expr: |\n    x\n    - expr: |4-\n", "- expr: |\n    x\n\n    expr: |-\n    \ty\n",
      // Nothing follows.
      "- expr: |4-", "- expr: |4-\n- a\n",
    ])
  func right(text: String) {
    #expect(mended(text) == text)
  }

  @Test("a list is read with the expressions that were written")
  func list() async throws {
    let text = """
      ns:
          - name: g
            rules:
              - record: a
                expr: |4-

                  sum(
                    up)
              - record: b
                expr: |4
                     up
                labels:
                  a: |-
                      \tx

      """
    let rules = try #require(await CortexRulerClient(ScriptedRuler(200, text)).rules(of: TenantID("acme")).content)
    guard case .group(let group) = rules.namespaces["ns"]?.first else { return #expect(Bool(false)) }
    #expect(group.rules.map(\.expression) == ["\nsum(\n  up)", "   up\n"])
    #expect(group.rules.map(\.labels) == [[:], ["a": "\tx"]])
  }
}
