import Foundation
import Model
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
