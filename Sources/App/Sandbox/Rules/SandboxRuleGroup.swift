import Model

/// A rule group as Cortex keeps it: what it does not know is gone, and what is nothing is not there.
///
/// Source: Prometheus `model/rulefmt`, Cortex `pkg/ruler/rulespb`.
struct SandboxRuleGroup: Sendable {
  let name: String
  let interval: PromDuration
  /// None at all is not the same as one of 0, which is kept.
  let queryOffset: PromDuration?
  let limit: Int
  let rules: [SandboxRule]
  let labels: [String: String]

  /// - Throws: `SandboxRuleFault` where a field is not what it has to be.
  init(decoding document: DocumentNode) throws(SandboxRuleFault) {
    let fields = try SandboxRuleFields(document)
    name = try fields.text("name")
    interval = try fields.duration("interval") ?? .zero
    queryOffset = try fields.duration("query_offset")
    limit = try fields.number("limit")
    var rules: [SandboxRule] = []
    for item in try fields.items("rules") { rules.append(try SandboxRule(decoding: item)) }
    self.rules = rules
    labels = try fields.texts("labels")
  }

  var document: DocumentNode {
    var fields = [DocumentField("name", .text(name))]
    fields += SandboxRuleFields.written("interval", interval)
    if let queryOffset { fields.append(DocumentField("query_offset", .text("\(queryOffset)"))) }
    if limit != 0 { fields.append(DocumentField("limit", DocumentNode(.scalar("\(limit)", .plain)))) }
    fields.append(DocumentField("rules", DocumentNode(.sequence(rules.map(\.document)))))
    fields += SandboxRuleFields.written("labels", labels)
    return DocumentNode(.mapping(fields))
  }
}
