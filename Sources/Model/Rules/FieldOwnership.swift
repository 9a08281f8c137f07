/// Whose the fields of a resource are, as Kubernetes keeps the books (`metadata.managedFields`).
enum FieldOwnership {
  /// Whether this program has applied the spec, and nobody else has a say in any field of it.
  static func isWhollyOurs(_ managedFields: DocumentNode?) -> Bool {
    let owners = (managedFields?.items ?? []).filter { $0["fieldsV1"]?["f:spec"] != nil }
    return !owners.isEmpty
      && owners.allSatisfy(isOurs)
  }

  /// The names of the labels that this program has applied, and that nobody has changed since.
  static func ownLabels(_ managedFields: DocumentNode?) -> Set<String> {
    let labels = (managedFields?.items ?? []).filter(isOurs).compactMap { owner in
      owner["fieldsV1"]?["f:metadata"]?["f:labels"]?.fields
    }
    // Beside the fields there is ".", which stands for the mapping itself.
    return Set(labels.joined().filter { $0.name.hasPrefix("f:") }.map { String($0.name.dropFirst(2)) })
  }

  private static func isOurs(_ owner: DocumentNode) -> Bool {
    owner["manager"]?.text == OpenMetricsRule.fieldManager && owner["operation"]?.text == "Apply"
  }
}
