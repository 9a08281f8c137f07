import Foundation
import Model
import TestSupport
import Testing
import Transport

@testable import App

@Suite struct OpenMetricsRuleDefinitionTests {
  private func schema() throws -> DocumentNode {
    let definition = try #require(
      try YAMLReader().documents(in: Array(OpenMetricsRuleDefinition.text.utf8)).first)
    #expect(definition["metadata"]?["name"]?.text == "openmetricsrules.open-metrics.vgs.io")
    let version = try #require(definition["spec"]?["versions"]?.items?.first)
    #expect(version["name"]?.text == "v1")
    #expect(version["subresources"]?["status"] != nil)
    return try #require(version["schema"]?["openAPIV3Schema"])
  }

  @Test func itIsWhatTheManifestsHave() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Deploy/crd.yaml")
    #expect(try String(contentsOf: file, encoding: .utf8) == OpenMetricsRuleDefinition.text)
  }

  /// What a structural schema has to have: a type everywhere, but where it may be a number or text.
  @Test func theSchemaIsStructural() throws {
    func check(_ node: DocumentNode, _ path: String) {
      let isNumberOrText = node["x-kubernetes-int-or-string"]?.text == "true"
      #expect((node["type"]?.text != nil) != isNumberOrText, "\(path)")
      if node["type"]?.text == "array" { #expect(node["items"] != nil, "\(path)") }
      for field in node["properties"]?.fields ?? [] { check(field.value, "\(path).\(field.name)") }
      if let items = node["items"] { check(items, "\(path)[]") }
      if let others = node["additionalProperties"] { check(others, "\(path){}") }
      // The keys of a list that is a map have to be there.
      for key in node["x-kubernetes-list-map-keys"]?.items ?? [] {
        #expect(node["items"]?["required"]?.items?.contains { $0.text == key.text } == true, "\(path)")
      }
    }
    check(try schema(), "")
  }

  /// The rules in CEL name fields that there are, by the names that they have in CEL, and cost no more than a server
  /// allows: it takes every list for as long as it may be.
  @Test func theRulesInCELAreCheapAndMeanSomething() throws {
    // The words of CEL that no field may be called by; __for__ stands for a field with the name for.
    let reserved: Set<String> = [
      "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import",
      "let",
      "loop", "package", "namespace", "return", "var", "void", "while",
    ]
    var count = 0
    func check(_ node: DocumentNode, times: Int) throws {
      for rule in node["x-kubernetes-validations"]?.items ?? [] {
        count += 1
        let text = try #require(rule["rule"]?.text)
        #expect(rule["message"]?.text?.isEmpty == false)
        let names = text.matches(of: /self\.(\w+)/).map { String($0.output.1) }
        for name in names {
          #expect(!reserved.contains(name), "\(name)")
          let field = name.hasPrefix("__") && name.hasSuffix("__") ? String(name.dropFirst(2).dropLast(2)) : name
          #expect(node["properties"]?[field] != nil, "\(field)")
        }
        let steps = text.matches(of: /has|!=|!|==|&&|\|\|/).count + names.count
        #expect(times * steps <= 10_000_000, "\(text)")
      }
      for field in node["properties"]?.fields ?? [] { try check(field.value, times: times) }
      if let items = node["items"] {
        let length = try #require(node["maxItems"]?.text.flatMap { Int($0) })
        try check(items, times: times * length)
      }
    }
    try check(try schema(), times: 1)
    #expect(count == 2)
  }

  private func fault(_ document: DocumentNode) throws -> String? {
    SchemaCheck.fault(of: document, by: try schema())
  }

  /// Resources of the original kit, as a server took them, are valid as they are.
  @Test(arguments: ["create", "apply-create-201", "get", "get-after-status", "status-apply"])
  func whatWasValidIs(recording: String) throws {
    let exchange = try RecordedExchange(recording, of: "kubernetes")
    #expect(try fault(try JSONReader.read(exchange.body)) == nil)
  }

  @Test func whatIsWrittenIsValid() throws {
    let rule = OpenMetricsRule(
      id: ResourceID(namespace: "default", name: "r"), description: OpenMetricsRule.importedDescription,
      tenants: ["0", "a.b(c)*'!_-"],
      groups: [
        .group(
          RuleGroup(
            name: "g/1", interval: "1m30s", queryOffset: "0s", limit: "5", labels: ["a": "b"],
            rules: [
              Rule(record: "a:b", expression: "up", labels: ["a": "b"]),
              Rule(
                alert: "A", expression: "1", pendingFor: "1h", keepFiringFor: "1d2h", annotations: ["summary": "s"]),
            ]))
      ])
    #expect(try fault(rule.document) == nil)
    let status = RuleStatus(
      rulerUpdated: true, observedGeneration: 3,
      conditions: RuleStatus.ConditionType.allCases.map { RuleStatus.Condition($0, nil, reason: "r") },
      sync: SyncState.allCases.map {
        RuleStatus.GroupSync(tenant: "t", rulerNamespace: "n", group: $0.rawValue, hash: "h", state: $0)
      })
    #expect(try fault(.object([("spec", rule.document["spec"] ?? .null), ("status", status.document)])) == nil)
  }

  @Test(
    arguments: [
      ("{tenants: []}", "spec.tenants"), ("{groups: []}", "spec.tenants"), ("{tenants: [\"a|b\"]}", "spec.tenants[0]"),
      ("{tenants: [\"\"]}", "spec.tenants[0]"), ("{tenants: a}", "spec.tenants"),
      ("{tenants: [\"a\"], groups: [{rules: []}]}", "spec.groups[0].name"),
      ("{tenants: [\"a\"], groups: [{name: \"g\", interval: \"1 minute\"}]}", "spec.groups[0].interval"),
      ("{tenants: [\"a\"], groups: [{name: \"g\", limit: -1}]}", "spec.groups[0].limit"),
      ("{tenants: [\"a\"], groups: [{name: \"g\", rules: [{record: \"a\"}]}]}", "spec.groups[0].rules[0].expr"),
      (
        "{tenants: [\"a\"], groups: [{name: \"g\", rules: [{expr: \"up\", labels: {a: 1}}]}]}",
        "spec.groups[0].rules[0].labels.a"
      ),
    ])
  func whatIsNotValidIsRefused(spec: String, path: String) throws {
    let document = try #require(try YAMLReader().documents(in: Array("spec: \(spec)".utf8)).first)
    let found = try fault(document) ?? "nothing"
    #expect(found.hasPrefix("\(path): "), "\(found)")
  }

  /// Everything that a status has finds its place.
  @Test func theStatusHasItsFields() throws {
    let status = RuleStatus(
      conditions: [RuleStatus.Condition(.valid, true, reason: "r")],
      sync: [RuleStatus.GroupSync(tenant: "t", rulerNamespace: "n", group: "g", hash: "h", state: .synced)])
    func check(_ document: DocumentNode, _ schema: DocumentNode?) {
      for field in document.fields ?? [] {
        let place = schema?["properties"]?[field.name]
        #expect(place != nil, "\(field.name)")
        for item in field.value.items ?? [] { check(item, place?["items"]) }
      }
    }
    check(status.document, try schema()["properties"]?["status"])
  }
}
