import Model

/// What `openmmt check` found out.
struct CheckReport {
  /// The form in which a report is written.
  enum Form: String, CaseIterable {
    /// For people, with the line and a mark below it.
    case human
    /// One JSON object.
    case json
    /// Commands of GitHub's workflows, which show findings beside the lines they are about.
    case github
  }

  let files: Int
  let groups: Int
  let rules: Int
  let findings: [CheckFinding]
  /// Whether a file is no YAML, or has no rules in it.
  let isUnusable: Bool

  init(_ files: [RuleFileCheck]) {
    self.files = files.count
    groups = files.reduce(0) { $0 + $1.groups.count }
    rules = files.reduce(0) { $0 + $1.groups.reduce(0) { $0 + $1.group.rules.count } }
    isUnusable = files.contains { $0.unusable != nil || !$0.hasRules }
    findings = files.flatMap { file in
      Self.complaints(about: file)
        + file.findings.map { located in
          CheckFinding(
            file: file.name, position: located.position, finding: located.finding,
            line: located.position.map { file.line($0.line) } ?? "")
        }
    }
  }

  private static func complaints(about file: RuleFileCheck) -> [CheckFinding] {
    guard file.unusable == nil, !file.hasRules else { return [] }
    let finding = RuleVerdict.Finding(
      .error, .document, path: "",
      message: "no rules: neither a rule file nor an \(OpenMetricsRule.kind) or a PrometheusRule")
    return [CheckFinding(file: file.name, position: nil, finding: finding, line: "")]
  }

  /// Whether something was found that counts.
  func fails(on severity: RuleVerdict.Finding.Severity) -> Bool {
    findings.contains { $0.finding.severity == .error || severity == .warning }
  }

  var errors: Int { findings.count { $0.finding.severity == .error } }
  var warnings: Int { findings.count - errors }

  func written(as form: Form) -> String {
    switch form {
    case .human: human
    case .json: json
    case .github: github
    }
  }

  private var summary: String {
    func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
    return "\(counted(rules, "rule")) in \(counted(groups, "group")), \(counted(files, "file")): "
      + "\(counted(errors, "error")), \(counted(warnings, "warning"))"
  }

  // MARK: For people

  private var human: String {
    findings.map(Self.human).joined() + summary + "\n"
  }

  private static func human(_ finding: CheckFinding) -> String {
    let place = finding.position.map { ":\($0)" } ?? ""
    var text =
      "\(finding.file)\(place): \(finding.finding.severity.rawValue): \(finding.finding.message) [\(finding.finding.check.rawValue)]\n"
    if let position = finding.position, !finding.line.isEmpty {
      let number = String(position.line)
      let gutter = String(repeating: " ", count: number.count)
      text +=
        "  \(number) | \(finding.line)\n  \(gutter) | \(indentation(of: finding.line, before: position.column))^\n"
    }
    if !finding.finding.path.isEmpty { text += "  in \(finding.finding.path)\n" }
    if !finding.finding.advice.isEmpty { text += "  \(finding.finding.advice)\n" }
    return text
  }

  /// As wide as what stands before a column: a tab stays one, so that the mark is below what it is about.
  private static func indentation(of line: String, before column: Int) -> String {
    let before = String(decoding: line.utf8.prefix(column - 1), as: UTF8.self)
    return String(before.map { $0 == "\t" ? "\t" : " " })
  }

  // MARK: For programs

  private var json: String {
    let document = DocumentNode(
      .mapping([
        DocumentField("files", .number(files)), DocumentField("groups", .number(groups)),
        DocumentField("rules", .number(rules)), DocumentField("errors", .number(errors)),
        DocumentField("warnings", .number(warnings)),
        DocumentField("findings", DocumentNode(.sequence(findings.map(Self.document)))),
      ]))
    return String(decoding: JSONWriter.bytes(of: document), as: UTF8.self) + "\n"
  }

  private static func document(_ finding: CheckFinding) -> DocumentNode {
    var fields = [DocumentField("file", .text(finding.file))]
    if let position = finding.position {
      fields.append(DocumentField("line", .number(position.line)))
      fields.append(DocumentField("column", .number(position.column)))
    }
    fields.append(DocumentField("severity", .text(finding.finding.severity.rawValue)))
    fields.append(DocumentField("check", .text(finding.finding.check.rawValue)))
    fields.append(DocumentField("path", .text(finding.finding.path)))
    fields.append(DocumentField("message", .text(finding.finding.message)))
    fields.append(DocumentField("advice", .text(finding.finding.advice)))
    return DocumentNode(.mapping(fields))
  }

  // MARK: For GitHub

  private var github: String {
    findings.map(Self.github).joined() + summary + "\n"
  }

  private static func github(_ finding: CheckFinding) -> String {
    var properties = "file=\(escapedProperty(finding.file))"
    if let position = finding.position { properties += ",line=\(position.line),col=\(position.column)" }
    properties += ",title=\(escapedProperty(finding.finding.check.rawValue))"
    return "::\(finding.finding.severity.rawValue) \(properties)::\(escaped(finding.finding.text))\n"
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private static func escapedProperty(_ text: String) -> String {
    escaped(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
