import Model
import Testing

@Suite struct ResourceDocumentTests {
  private static func rule(_ spec: String, metadata: String = "") throws -> OpenMetricsRule {
    let text = """
      {"apiVersion":"open-metrics.vgs.io/v1","kind":"OpenMetricsRule","metadata":{"name":"r","namespace":"team",
      "uid":"u","resourceVersion":"7","generation":3,"creationTimestamp":"2026-11-23T07:53:40Z"\(metadata)},
      "spec":\(spec)}
      """
    return try OpenMetricsRule(document: try JSONReader.read(Array(text.utf8)))
  }

  private static func broken(_ rule: OpenMetricsRule) -> [String] {
    rule.groups.compactMap { group in
      guard case .broken(let name, let path, let reason) = group else { return nil }
      return "\(name ?? "-") \(path): \(reason)"
    }
  }

  @Test func aResourceIsReadWholly() throws {
    let rule = try Self.rule(
      """
      {"tenants":["a","0"],"description":"d","x":1,"groups":[{"name":"g","interval":"1m","source_tenants":["t"],
      "rules":[{"alert":"A","expr":1,"for":"5m","labels":{"severity":5,"page":true},"y":2}]}]}
      """)
    #expect(rule.id == ResourceID(namespace: "team", name: "r"))
    #expect(rule.uid == "u" && rule.resourceVersion == "7" && rule.generation == 3)
    #expect(Timestamp.text(rule.created) == "2026-11-23T07:53:40Z")
    #expect(rule.tenants == ["a", "0"] && rule.description == "d" && rule.otherFields.map(\.name) == ["x"])
    guard case .group(let group) = try #require(rule.groups.first) else { return #expect(Bool(false)) }
    #expect(group.otherFields.map(\.name) == ["source_tenants"])
    #expect(group.rules[0].expression == "1" && group.rules[0].labels == ["severity": "5", "page": "true"])
    #expect(group.rules[0].otherFields.map(\.name) == ["y"])
    let again = try OpenMetricsRule(document: rule.document)
    #expect(JSONWriter.text(of: again.document) == JSONWriter.text(of: rule.document))
  }

  @Test func aSpecWithoutGroupsIsFine() throws {
    let rule = try Self.rule(#"{"tenants":["a"]}"#)
    #expect(rule.groups.isEmpty && !rule.hasUnknownKeys)
  }

  @Test(arguments: [
    (
      #"{"groups":[{"name":"a","rules":[]},{"name":"b","rules":[{"labels":[1]}]}]}"#,
      "b spec.groups[1].rules[0].labels: must be a mapping, and is a list"
    ),
    (#"{"groups":[{"name":"a","rules":{}}]}"#, "a spec.groups[0].rules: must be a list, and is a mapping"),
    (#"{"groups":[{"rules":[]}]}"#, "- spec.groups[0].name: Groupname must not be empty"),
    (#"{"groups":[5]}"#, "- spec.groups[0]: must be a mapping, and is a single value"),
    (#"{"groups":5}"#, "- spec.groups: must be a list, and is a single value"),
    (
      #"{"groups":[{"name":"a","rules":[{"expr":["x"]}]}]}"#,
      "a spec.groups[0].rules[0].expr: must be text, and is a list"
    ),
    (#"{"description":{}}"#, "- spec.description: must be text, and is a mapping"),
  ]) func whatCannotBeReadIsNamed(_ spec: String, _ fault: String) throws {
    let rule = try Self.rule(spec)
    #expect(Self.broken(rule) == [fault])
    #expect(!rule.hasUnknownKeys)
  }

  @Test(arguments: [#"5"#, #"{"tenants":"a"}"#, #"{"tenants":["a",{}]}"#]) func unknownTenantsMakeKeysUnknown(
    _ spec: String
  ) throws {
    #expect(try Self.rule(spec).hasUnknownKeys)
  }

  @Test func whatIsNoResourceIsRefused() {
    for text in [#"{}"#, #"[]"#, #"{"kind":"Pod","metadata":{"name":"a"}}"#, #"{"metadata":{"name":""}}"#] {
      #expect(throws: DocumentFault.self) {
        try OpenMetricsRule(document: try JSONReader.read(Array(text.utf8)))
      }
    }
  }

  @Test(arguments: [
    (#"{"manager":"openmetricsrule-informer","operation":"Apply","fieldsV1":{"f:spec":{}}}"#, true),
    (#"{"manager":"kubectl","operation":"Update","fieldsV1":{"f:spec":{}}}"#, false),
    (
      #"{"manager":"openmetricsrule-informer","operation":"Apply","fieldsV1":{"f:spec":{}}},"#
        + #"{"manager":"k","operation":"Update","fieldsV1":{"f:metadata":{}}}"#, true
    ),
    (
      #"{"manager":"openmetricsrule-informer","operation":"Apply","fieldsV1":{"f:spec":{}}},"#
        + #"{"manager":"k","operation":"Update","fieldsV1":{"f:spec":{"f:groups":{}}}}"#, false
    ),
  ]) func fieldsHaveOwners(_ owners: String, _ isOurs: Bool) throws {
    #expect(try Self.rule("{}", metadata: #","managedFields":[\#(owners)]"#).isWhollyOurs == isOurs)
    #expect(try !Self.rule("{}").isWhollyOurs)
  }

  /// Those of this program alone go on being applied.
  @Test func labelsHaveOwners() throws {
    let owners = """
      {"manager":"openmetricsrule-informer","operation":"Apply","fieldsV1":{"f:metadata":{"f:labels":{".":{},"f:a/b":{}}}}},
      {"manager":"kubectl","operation":"Update","fieldsV1":{"f:metadata":{"f:labels":{"f:c":{}}}}}
      """
    let rule = try Self.rule(
      #"{"tenants":["a"]}"#, metadata: #","labels":{"a/b":"1","c":"2"},"managedFields":[\#(owners)]"#)
    #expect(rule.labels == ["a/b": "1", "c": "2"] && rule.ownLabels == ["a/b"])
    #expect(try rule.appliedDocument["metadata"]?["labels"]?.textsByName() == ["a/b": "1"])
    #expect(try rule.document["metadata"]?["labels"]?.textsByName() == rule.labels)
  }

  @Test func aStatusReadsBack() {
    let status = RuleStatus(
      rulerUpdated: true, observedGeneration: 4,
      conditions: [
        RuleStatus.Condition(
          .synced, nil, reason: "RulerUnknown", message: "m", lastTransition: 1_700_000_000, observedGeneration: 4)
      ],
      sync: [
        RuleStatus.GroupSync(
          tenant: "a", rulerNamespace: "n", group: "g", hash: "h", state: .held, reason: "Paused", message: "m",
          lastTransition: 1_600_000_000, observedGeneration: 4)
      ])
    #expect(RuleStatus(document: status.document) == status)
  }

  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2000-02-29T12:00:00Z", 951_825_600), ("1969-12-31T23:59:59Z", -1),
      ("2026-11-23T08:53:40.123+01:00", 1_795_420_420),
    ] as [(String, Int64)]) func times(_ text: String, _ seconds: Int64)
  {
    #expect(Timestamp.seconds(text) == seconds)
    #expect(Timestamp.seconds(Timestamp.text(seconds)) == seconds)
  }

  @Test(arguments: ["", "2026-11-23", "2026-13-23T07:53:40Z", "2026-11-23T07:53:40", "2026-11-23T07:53:40+1"])
  func whatIsNoTime(_ text: String) {
    #expect(Timestamp.seconds(text) == nil)
  }
}
