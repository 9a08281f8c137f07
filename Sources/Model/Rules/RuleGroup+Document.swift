extension RuleGroup {
  /// Reads a group as rulers, Kubernetes and rule files have it.
  ///
  /// Whatever a field is written as, it is taken where its meaning is clear: a number where text belongs is text, and
  /// null, an empty text or an empty mapping is a field that is not given.
  ///
  /// - Throws: the first field that cannot be read. Unknown fields are kept, not refused.
  package init(document: DocumentNode) throws(DocumentFault) {
    guard document.fields != nil else { throw document.unexpected("a mapping") }
    self.init(name: "", rules: [])
    for field in try document.fieldsOrNone() {
      do {
        try read(field)
      } catch {
        throw error.within(field.name)
      }
    }
    // Prometheus' words.
    guard !name.isEmpty else { throw DocumentFault(path: "name", "Groupname must not be empty", at: document.position) }
  }

  private mutating func read(_ field: DocumentField) throws(DocumentFault) {
    switch field.name {
    case "name": name = try field.value.textOrEmpty()
    case "interval": interval = try field.value.textOrEmpty()
    case "query_offset":
      let offset = try field.value.textOrEmpty()
      queryOffset = offset.isEmpty ? nil : offset
    case "limit": limit = try field.value.textOrEmpty()
    case "labels": labels = try field.value.textsByName()
    case "rules": rules = try Self.rules(field.value)
    default: otherFields.append(field)
    }
  }

  private static func rules(_ node: DocumentNode) throws(DocumentFault) -> [Rule] {
    var rules: [Rule] = []
    for (index, item) in try node.itemsOrNone().enumerated() {
      do {
        rules.append(try Rule(document: item))
      } catch {
        throw error.within("[\(index)]")
      }
    }
    return rules
  }

  /// The group as rulers, Kubernetes and rule files have it. What is not given is left out.
  package var document: DocumentNode {
    var fields = [DocumentField("name", .text(name))]
    fields.append("interval", ifNotEmpty: interval)
    if let queryOffset { fields.append(DocumentField("query_offset", .text(queryOffset))) }
    if !limit.isEmpty {
      // Go reads a number from a number only.
      let style: ScalarStyle = Int(limit) == nil ? .doubleQuoted : .plain
      fields.append(DocumentField("limit", DocumentNode(.scalar(limit, style))))
    }
    fields.append("labels", ifNotEmpty: labels)
    fields += otherFields
    fields.append(DocumentField("rules", .items(rules.map(\.document))))
    return .fields(fields)
  }
}

extension ResourceGroup {
  /// Reads a group, or says what is wrong with it.
  ///
  /// - Parameter path: where the group is, such as `spec.groups[1]`.
  package init(document: DocumentNode, at path: String) {
    do {
      self = .group(try RuleGroup(document: document))
    } catch {
      let fault = error.within(path)
      let name = document["name"]?.text ?? ""
      self = .broken(name: name.isEmpty ? nil : name, path: fault.path, reason: fault.reason)
    }
  }

  /// The name, where it could be read.
  package var name: String? {
    switch self {
    case .group(let group): group.name
    case .broken(let name, _, _): name
    }
  }
}
