import Model

/// A rule as Cortex keeps it: what it does not know is gone, and what is nothing is not there.
struct SandboxRule: Sendable {
  let record: String
  let alert: String
  let expression: String
  let pendingFor: PromDuration
  let keepFiringFor: PromDuration
  let labels: [String: String]
  let annotations: [String: String]

  /// - Throws: `SandboxRuleFault` where a field is not what it has to be.
  init(decoding document: DocumentNode) throws(SandboxRuleFault) {
    let fields = try SandboxRuleFields(document)
    record = try fields.text("record")
    alert = try fields.text("alert")
    expression = try fields.text("expr")
    pendingFor = try fields.duration("for") ?? .zero
    keepFiringFor = try fields.duration("keep_firing_for") ?? .zero
    labels = try fields.texts("labels")
    annotations = try fields.texts("annotations")
  }

  /// The name that it goes by.
  var name: String { alert.isEmpty ? record : alert }

  var document: DocumentNode {
    var fields: [DocumentField] = []
    if !record.isEmpty { fields.append(DocumentField("record", .text(record))) }
    if !alert.isEmpty { fields.append(DocumentField("alert", .text(alert))) }
    fields.append(DocumentField("expr", .text(expression)))
    fields += SandboxRuleFields.written("for", pendingFor)
    fields += SandboxRuleFields.written("keep_firing_for", keepFiringFor)
    fields += SandboxRuleFields.written("labels", labels)
    fields += SandboxRuleFields.written("annotations", annotations)
    return DocumentNode(.mapping(fields))
  }
}
