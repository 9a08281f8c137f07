/// Whose the fields of a resource are, as Kubernetes keeps the books (`metadata.managedFields`).
enum FieldOwnership {
  /// Whether this program has applied the spec, and nobody else has a say in any field of it.
  static func isWhollyOurs(_ managedFields: DocumentNode?) -> Bool {
    let owners = (managedFields?.items ?? []).filter { $0["fieldsV1"]?["f:spec"] != nil }
    return !owners.isEmpty
      && owners.allSatisfy { owner in
        owner["manager"]?.text == OpenMetricsRule.fieldManager && owner["operation"]?.text == "Apply"
      }
  }
}
