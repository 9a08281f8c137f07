import Testing

@testable import Model

/// What the API server is told about a resource.
@Suite struct AdmissionReviewTests {
  /// Finds fault with what an expression asks for.
  private struct Validation: RuleValidating {
    func verdict(on group: RuleGroup) -> RuleVerdict {
      RuleVerdict(
        findings: group.rules.enumerated().compactMap { index, rule in
          let path = "rules[\(index)].expr"
          return switch rule.expression {
          case "bad": RuleVerdict.Finding(.error, .expression, path: path, message: "1:1: parse error")
          case "odd": RuleVerdict.Finding(.warning, .zeroFor, path: path, message: "looks odd")
          default: nil
          }
        })
    }
  }

  private static let check = ResourceCheck(validation: Validation())

  private func group(_ name: String, _ expressions: String...) -> String {
    let rules = expressions.enumerated().map { #"{"record":"\#(name):r\#($0)","expr":"\#($1)"}"# }
    return #"{"name":"\#(name)","rules":[\#(rules.joined(separator: ","))]}"#
  }

  private func object(_ groups: [String], description: String = "", manager: String = "kubectl") -> String {
    #"""
    {"apiVersion":"open-metrics.vgs.io/v1","kind":"OpenMetricsRule","metadata":{"name":"r","namespace":"default",
    "managedFields":[{"manager":"\#(manager)","operation":"Apply","fieldsV1":{"f:spec":{}}}]},
    "spec":{"description":"\#(description)","tenants":["a"],"groups":[\#(groups.joined(separator: ","))]}}
    """#
  }

  private func review(_ object: String, old: String = "null", kind: String = "AdmissionReview") throws
    -> AdmissionReview
  {
    let text = #"""
      {"apiVersion":"admission.k8s.io/v1","kind":"\#(kind)","request":{"uid":"u-1","operation":"CREATE",
      "object":\#(object),"oldObject":\#(old)}}
      """#
    return try AdmissionReview(document: try JSONReader.read(Array(text.utf8)))
  }

  private func verdict(_ object: String, old: String = "null") throws -> AdmissionVerdict {
    try review(object, old: old).verdict(Self.check, among: nil)
  }

  private func cause(_ field: String, _ message: String) -> AdmissionVerdict.Cause {
    AdmissionVerdict.Cause(field: field, message: message)
  }

  @Test func whatIsInOrderIsLetIn() throws {
    let review = try review(object([group("g", "up")]))
    let verdict = review.verdict(Self.check, among: nil)
    #expect(verdict == AdmissionVerdict())
    #expect(
      JSONWriter.text(of: review.answer(verdict))
        == #"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"u-1","allowed":true}}"#)
  }

  @Test func errorsAreNamedWithTheirFields() throws {
    let review = try review(object([group("g", "up"), group("h", "odd", "bad", "bad")]))
    let verdict = review.verdict(Self.check, among: nil)
    #expect(
      verdict.errors == [
        cause("spec.groups[1].rules[1].expr", "1:1: parse error"),
        cause("spec.groups[1].rules[2].expr", "1:1: parse error"),
      ])
    #expect(verdict.warnings == [cause("spec.groups[1].rules[0].expr", "looks odd")])
    let response = try #require(review.answer(verdict)["response"])
    #expect(response["allowed"]?.text == "false")
    #expect(response["status"]?["code"]?.text == "422")
    #expect(response["status"]?["reason"]?.text == "Invalid")
    #expect(response["status"]?["message"]?.text == "spec.groups[1].rules[1].expr: 1:1: parse error, and 1 more")
    let causes = try #require(response["status"]?["details"]?["causes"]?.items)
    #expect(causes.map { $0["field"]?.text } == verdict.errors.map(\.field))
    #expect(causes.allSatisfy { $0["reason"]?.text == "FieldValueInvalid" && $0["message"]?.text != nil })
    #expect(response["warnings"]?.items?.map(\.text) == ["spec.groups[1].rules[0].expr: looks odd"])
  }

  /// What cannot be read elsewhere in the resource does not shift the groups.
  @Test func whatCannotBeReadIsAnError() throws {
    let text = object([group("g", "up"), "5", group("h", "bad")])
      .replacing(#""namespace":"default","#, with: #""namespace":"default","labels":[],"#)
    let errors = try verdict(text).errors
    #expect(errors.map(\.field).sorted() == ["metadata.labels", "spec.groups[1]", "spec.groups[2].rules[0].expr"])
  }

  @Test func whatWasStoredBeforeMayStay() throws {
    let stored = object([group("g", "bad", "odd")])
    let changed = stored.replacing(#""name":"r""#, with: #""name":"r","annotations":{"a":"b"}"#)
    let verdict = try verdict(changed, old: stored)
    #expect(verdict.isAllowed)
    #expect(verdict.warnings.map(\.message) == ["1:1: parse error", "looks odd"])
    let worse = object([group("g", "bad", "bad")])
    #expect(try !self.verdict(worse, old: stored).isAllowed)
  }

  @Test(arguments: [
    (OpenMetricsRule.importedDescription, OpenMetricsRule.fieldManager, true),
    (OpenMetricsRule.importedDescription, "kubectl", false), ("mine", OpenMetricsRule.fieldManager, false),
  ])
  func anImportMayBeBroken(_ description: String, _ manager: String, _ isAllowed: Bool) throws {
    let verdict = try verdict(object([group("g", "bad")], description: description, manager: manager))
    #expect(verdict.isAllowed == isAllowed)
    #expect(verdict.warnings.count == (isAllowed ? 1 : 0))
  }

  // MARK: What stands twice

  private func resource(_ name: String, tenants: [String] = ["a"], _ groups: RuleGroup...) -> OpenMetricsRule {
    OpenMetricsRule(
      id: ResourceID(namespace: "default", name: name), tenants: tenants, groups: groups.map { .group($0) })
  }

  private func index(_ resources: OpenMetricsRule...) -> ResourceIndex {
    ResourceIndex(resources.map { Self.check.check($0) })
  }

  @Test func aRuleThatStandsTwiceInTheResourceIsAnError() throws {
    let verdict = try verdict(object([group("g", "up"), group("g2", "up")]).replacing("g2:r0", with: "g:r0"))
    #expect(verdict.errors.map(\.field) == ["spec.groups[1].rules[0]"])
    #expect(verdict.errors.first?.message.contains(#"default/r group "g" rule 1"#) == true)
  }

  /// Where a rule moves from one resource to another, one of them has to come first.
  @Test(arguments: [("other", ["a"], 1), ("other", ["b"], 0), ("r", ["a"], 0)])
  func aRuleThatAnotherResourceHasIsAWarning(name: String, tenants: [String], count: Int) throws {
    let other = resource(
      name, tenants: tenants, RuleGroup(name: "h", rules: [Rule(record: "g:r0", expression: "down")]))
    let verdict = try review(object([group("g", "up")])).verdict(Self.check, among: index(other))
    #expect(verdict.isAllowed)
    #expect(verdict.warnings.map(\.field) == Array(repeating: "spec.groups[0].rules[0]", count: count))
    #expect(verdict.warnings.allSatisfy { $0.message.contains(#"default/other group "h" rule 1"#) })
  }

  @Test func aGroupThatAnotherResourceHasIsAWarning() throws {
    let other = resource("other", RuleGroup(name: "g", rules: [Rule(record: "x", expression: "down")]))
    let verdict = try review(object([group("g", "up")])).verdict(Self.check, among: index(other))
    #expect(verdict.isAllowed)
    #expect(
      verdict.warnings == [
        cause("spec.groups[0].name", #"tenant a has group "g" from the resource default/other, too"#)
      ])
  }

  @Test func aTenantThatNoRulerTakesIsAnError() throws {
    let verdict = try verdict(object([group("g", "up")]).replacing(#"["a"]"#, with: #"["a","b/c"]"#))
    #expect(verdict.errors.map(\.field) == ["spec.tenants[1]"])
  }

  @Test(arguments: ["null", #"{"kind":"Pod","metadata":{"name":"p"}}"#])
  func whatIsNotOursIsLetIn(_ object: String) throws {
    let review = try review(object)
    #expect(review.resource == nil)
    #expect(review.verdict(Self.check, among: nil) == AdmissionVerdict())
  }

  @Test(arguments: [
    "{}", "[]", #"{"kind":"AdmissionReview"}"#, #"{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1beta1"}"#,
    #"{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1"}"#,
    #"{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":null}}"#,
    #"{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u","object":{"kind":"OpenMetricsRule"}}}"#,
  ])
  func whatIsNoQuestionIsRefused(_ text: String) throws {
    let document = try JSONReader.read(Array(text.utf8))
    #expect(throws: DocumentFault.self) { try AdmissionReview(document: document) }
  }

  @Test func whatPeopleReadIsBounded() throws {
    var verdict = AdmissionVerdict()
    for index in 0..<60 {
      verdict.errors.append(cause("e\(index)", "x"))
      verdict.warnings.append(cause("w\(index)", String(repeating: "é", count: 300)))
    }
    let response = try #require(try review(object([])).answer(verdict)["response"])
    #expect(response["status"]?["details"]?["causes"]?.items?.count == 50)
    #expect(response["status"]?["message"]?.text == "e0: x, and 59 more")
    let warnings = try #require(response["warnings"]?.items)
    #expect(warnings.count == 50)
    #expect(warnings.allSatisfy { $0.text?.count == 256 && $0.text?.hasSuffix("é…") == true })
  }
}
