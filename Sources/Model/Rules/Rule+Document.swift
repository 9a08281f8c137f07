extension Rule {
  /// Reads a rule as rulers, Kubernetes and rule files have it.
  ///
  /// - Throws: the first field that cannot be read. Unknown fields are kept, not refused.
  package init(document: DocumentNode) throws(DocumentFault) {
    guard document.fields != nil else { throw document.unexpected("a mapping") }
    self.init(expression: "")
    for field in try document.fieldsOrNone() {
      do {
        try read(field)
      } catch {
        throw error.within(field.name)
      }
    }
  }

  private mutating func read(_ field: DocumentField) throws(DocumentFault) {
    switch field.name {
    case "record": record = try field.value.textOrEmpty()
    case "alert": alert = try field.value.textOrEmpty()
    case "expr": expression = try field.value.textOrEmpty()
    case "for": pendingFor = try field.value.textOrEmpty()
    case "keep_firing_for": keepFiringFor = try field.value.textOrEmpty()
    case "labels": labels = try field.value.textsByName()
    case "annotations": annotations = try field.value.textsByName()
    default: otherFields.append(field)
    }
  }

  /// The rule as rulers, Kubernetes and rule files have it. What is not given is left out.
  package var document: DocumentNode {
    var fields: [DocumentField] = []
    fields.append("record", ifNotEmpty: record)
    fields.append("alert", ifNotEmpty: alert)
    fields.append(DocumentField("expr", .text(expression)))
    fields.append("for", ifNotEmpty: pendingFor)
    fields.append("keep_firing_for", ifNotEmpty: keepFiringFor)
    fields.append("labels", ifNotEmpty: labels)
    fields.append("annotations", ifNotEmpty: annotations)
    fields += otherFields
    return .fields(fields)
  }
}
