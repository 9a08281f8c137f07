import ArgumentParser
import Foundation
import Model
import TestSupport
import Testing

@testable import App

/// `openmmt check`, without and with a process around it.
struct CheckCommandTests {
  private static let valid = """
    groups:
      - name: good
        rules:
          - record: job:up:sum
            expr: sum by (job) (up)
    """
  private static let invalid = """
    groups:
      - name: bad
        rules:
          - record: a:b
            expr: |
              sum(
                up
    """
  private static let odd = """
    groups:
      - name: odd
        rules:
          - alert: Up
            expr: up
    """

  private let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("check-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  private func file(_ name: String, _ text: String) throws -> String {
    let url = directory.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    return url.path
  }

  private func report(_ arguments: String...) async throws -> CheckReport {
    try await CheckConfiguration(CheckCommand.parse(arguments)).check()
  }

  private func described(_ report: CheckReport) -> [String] {
    report.findings.map { finding in
      let name = finding.file.split(separator: "/").last ?? ""
      let place = finding.position.map { ":\($0)" } ?? ""
      return "\(name)\(place) \(finding.finding.check.rawValue) \(finding.finding.path)"
    }
  }

  // MARK: What is found

  @Test func pointsAtTheLine() async throws {
    let report = try await report(file("a.yaml", Self.invalid))
    #expect(described(report) == ["a.yaml:7:15 expression groups[0].rules[0].expr"])
    let labelled = try await self.report(file("b.yaml", Self.valid + "\n        labels: { a-b: c }\n"))
    #expect(
      labelled.written(as: .human)
        .hasSuffix(
          """
          b.yaml:6:19: error: invalid label name: a-b [label]
            6 |         labels: { a-b: c }
              |                   ^
            in groups[0].rules[0].labels.a-b
            use letters, digits and underscores, and not __name__
          1 rule in 1 group, 1 file: 1 error, 0 warnings

          """))
  }

  /// What comes first is what the ruler would say, wherever in the expression it is.
  @Test func keepsPrometheusOrderWithinAnExpression() async throws {
    let expression = "topk(up,) / rate(a[-9.5e10])"
    let report = try await report(file("a.yaml", Self.valid.replacing("sum by (job) (up)", with: expression)))
    let messages = report.findings.map { $0.finding.message.replacing("could not parse expression: ", with: "") }
    #expect(
      messages == [
        "1:8: parse error: trailing commas not allowed in function call args",
        "1:1: parse error: wrong number of arguments for aggregate expression provided, expected 2, got 1",
        "1:21: parse error: duration out of range", "1:20: parse error: duration must be greater than 0",
      ])
    #expect(report.findings.map { $0.position?.column } == [22, 15, 35, 34])
  }

  @Test func looksAtResources() async throws {
    let resource = """
      apiVersion: open-metrics.vgs.io/v1
      kind: OpenMetricsRule
      metadata: { name: NAME, namespace: default }
      spec:
        tenants: [acme, "a|b"]
        groups:
          - name: g
            rules:
              - record: a:b
                expr: up
      """
    let path = try file(
      "rules.yaml", resource.replacing("NAME", with: "one") + "\n---\n" + resource.replacing("NAME", with: "two"))
    let report = try await report(path)
    #expect(
      described(report) == [
        "rules.yaml:5:19 tenant spec.tenants[1]", "rules.yaml:16:19 tenant spec.tenants[1]",
        "rules.yaml:18:7 duplicate-group spec.groups[0].name",
        "rules.yaml:20:11 duplicate-rule spec.groups[0].rules[0]",
      ])
  }

  @Test func looksAtResourcesOfThePrometheusOperator() async throws {
    let resource = """
      apiVersion: monitoring.coreos.com/VERSION
      kind: PrometheusRule
      metadata: { name: NAME, namespace: default }
      spec:
        groups:
          - name: g
            rules:
              - alert: NAME
                expr: EXPRESSION
        MORE: []
      """
    let sound = resource.replacing("VERSION", with: "v1").replacing("EXPRESSION", with: "up == 0")
      .replacing("\n  MORE: []", with: "")
    let other = resource.replacing("VERSION", with: "v2").replacing("EXPRESSION", with: "up ==")
    let path = try file(
      "rules.yaml", sound.replacing("NAME", with: "one") + "\n---\n" + other.replacing("NAME", with: "two"))
    let report = try await report(path)
    #expect(
      described(report) == [
        "rules.yaml:11:1 document apiVersion", "rules.yaml:19:22 expression spec.groups[0].rules[0].expr",
        "rules.yaml:20:3 unknown-field spec.MORE",
      ])
    #expect(report.groups == 2 && report.rules == 2)
  }

  @Test func looksAtListsOfResources() async throws {
    let path = try file(
      "list.yaml",
      """
      kind: List
      items:
        - kind: ConfigMap
        - apiVersion: open-metrics.vgs.io/v1
          kind: OpenMetricsRule
          metadata: { name: one }
          spec: { tenants: [a], groups: [{ name: g, rules: [{ record: 'a b', expr: up }] }] }
      """)
    let report = try await report(path)
    #expect(described(report) == ["list.yaml:7:57 rule-name items[1].spec.groups[0].rules[0].record"])
  }

  @Test func looksThroughDirectories() async throws {
    _ = try file("a.yaml", Self.valid)
    _ = try file("sub/b.yml", Self.invalid)
    _ = try file("sub/deployment.yaml", "kind: Deployment\n")
    _ = try file(".hidden/c.yaml", Self.invalid)
    _ = try file("notes.txt", "no: [yaml")
    let report = try await report(directory.path)
    #expect(described(report) == ["b.yml:7:15 expression groups[0].rules[0].expr"])
    #expect(report.files == 2 && report.groups == 2 && report.rules == 2)
  }

  @Test func findsDuplicatesAmongFilesOfADirectory() async throws {
    let first = try file("a/one.yaml", Self.valid)
    let second = try file("a/two.yaml", Self.valid.replacing("good", with: "better"))
    let elsewhere = try file("b/one.yaml", Self.valid)
    let report = try await report(first, second)
    #expect(described(report) == ["two.yaml:4:9 duplicate-rule groups[0].rules[0]"])
    let apart = try await self.report(first, elsewhere)
    #expect(apart.findings.isEmpty)
  }

  // MARK: Options

  private static let lints: [([String], [String])] = [
    ([], ["odd.yaml:5:15 alert-comparison groups[0].rules[0].expr"]), (["--no-lint"], []),
    (["--disable-lint", "alert-comparison"], []),
    (["--disable-lint", "short-range"], ["odd.yaml:5:15 alert-comparison groups[0].rules[0].expr"]),
  ]

  @Test(arguments: lints)
  func leavesLintsOut(_ options: [String], _ expected: [String]) async throws {
    let path = try file("odd.yaml", Self.odd)
    let report = try await CheckConfiguration(CheckCommand.parse(options + [path])).check()
    #expect(described(report) == expected)
  }

  private static let nonsense: [([String], String)] = [
    (["--dialect", "cortex"], "--dialect must be one of cortex-1.21, mimir, prometheus-3, not 'cortex'"),
    (["--output", "xml"], "--output must be one of human, json, github, not 'xml'"),
    (["--fail-on", "never"], "--fail-on must be one of error, warning, not 'never'"),
    (["--name-validation-scheme", "x"], "--name-validation-scheme must be one of legacy, utf8, not 'x'"),
    (["--max-rules-per-group", "0"], "--max-rules-per-group must be above 0, not 0"),
    (
      ["--promql-features", "magic"],
      "--promql-features: magic is none of experimental-functions, duration-expressions, extended-range-selectors, "
        + "fill-modifiers"
    ),
    (
      ["--disable-lint", "label"],
      "--disable-lint: label is none of alert-comparison, short-range, redundant-anchors, value-in-label, "
        + "rate-of-gauge, zero-for"
    ),
  ]

  @Test(arguments: nonsense)
  func refusesWhatMakesNoSense(_ options: [String], _ message: String) throws {
    let parsed = try CheckCommand.parse(options + ["a"])
    let error = #expect(throws: UsageError.self) { try CheckConfiguration(parsed) }
    #expect(error?.description == message)
  }

  @Test func heedsTheDialect() async throws {
    let path = try file("a.yaml", Self.valid.replacing("sum by (job) (up)", with: "xrate(up[5m])"))
    let cortex = try await report(path)
    #expect(cortex.findings.isEmpty)
    let prometheus = try await report("--dialect", "prometheus-3", path)
    #expect(prometheus.findings.count == 1)
  }

  // MARK: Forms

  @Test func writesJSON() async throws {
    let path = try file("a.yaml", Self.invalid)
    let written = try await report(path).written(as: .json)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(written.utf8)) as? [String: Any])
    #expect(object["errors"] as? Int == 1)
    let finding = try #require((object["findings"] as? [[String: Any]])?.first)
    #expect(finding["file"] as? String == path)
    #expect(finding["line"] as? Int == 7)
    #expect(
      finding["message"] as? String == "could not parse expression: 2:5: parse error: unclosed left parenthesis")
  }

  @Test func escapesForGitHub() {
    let check = RuleFileCheck(
      name: "a,b:c.yaml", text: Array("kind: x".utf8), reader: NoDocuments(), validator: RuleValidator())
    #expect(
      CheckReport([check]).written(as: .github)
        == "::error file=a%2Cb%3Ac.yaml,line=1,col=2,title=document::line 1: 100%25%0Abroken\n"
        + "0 rules in 0 groups, 1 file: 1 error, 0 warnings\n")
  }

  private struct NoDocuments: DocumentReader {
    func documents(in text: [UInt8]) throws(DocumentError) -> [DocumentNode] {
      throw DocumentError("100%\nbroken", at: SourcePosition(line: 1, column: 2))
    }
  }

  // MARK: The process

  private static let ends: [([String], Int32)] = [
    (["valid.yaml"], 0), (["odd.yaml"], 0), (["--fail-on", "warning", "odd.yaml"], 1), (["invalid.yaml"], 1),
    (["broken.yaml"], 2), (["other.yaml"], 2), (["missing.yaml"], 2), ([], 2), (["valid.yaml", "invalid.yaml"], 1),
  ]

  @Test(arguments: ends)
  func endsWithACodeThatSaysWhatWasFound(_ arguments: [String], _ code: Int32) async throws {
    _ = try file("valid.yaml", Self.valid)
    _ = try file("odd.yaml", Self.odd)
    _ = try file("invalid.yaml", Self.invalid)
    _ = try file("broken.yaml", "groups: [")
    _ = try file("other.yaml", "kind: ConfigMap\n")
    let paths = arguments.map { $0.hasSuffix(".yaml") ? directory.appendingPathComponent($0).path : $0 }
    let process = try ChildProcess(try BuiltProduct.url("openmmt"), ["check"] + paths)
    #expect(try await process.waitForExit() == .code(code))
  }
}
