extension DocumentNode {
  /// The resource with other values of some fields of its metadata, in the order of their names at the end; empty ones
  /// are left out.
  package func settingMetadata(_ values: [String: String]) -> DocumentNode {
    let metadata = (self["metadata"]?.fields ?? []).filter { values[$0.name] == nil }
    let added = values.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
    return setting("metadata", DocumentNode(.mapping(metadata + added.map { DocumentField($0.key, .text($0.value)) })))
  }

  /// The mapping with another value of a field, which stays where it is, or is added at the end.
  package func setting(_ name: String, _ value: DocumentNode) -> DocumentNode {
    var fields = fields ?? []
    if let index = fields.firstIndex(where: { $0.name == name }) {
      fields[index].value = value
    } else {
      fields.append(DocumentField(name, value))
    }
    return DocumentNode(.mapping(fields), at: position)
  }

  /// A mapping with these fields.
  package static func object(_ fields: [(name: String, value: DocumentNode)]) -> DocumentNode {
    DocumentNode(.mapping(fields.map { DocumentField($0.name, $0.value) }))
  }
}
