import Model

/// The files that this program writes: a resource each, under a line that tells whether anybody has changed it since.
enum ImportedFile {
  private static let mark = "# Found in the ruler by openmmt, which keeps it up to date until it is changed by hand: "

  /// The name of the file for a resource.
  static func name(of id: ResourceID) -> String { "\(id.namespace).\(id.name).yaml" }

  static func text(of rule: OpenMetricsRule) -> String {
    let body = YAMLWriter.text(of: rule.document)
    return "\(mark)\(digest(body))\n\(body)"
  }

  /// Whether the text is as this program has written it.
  static func isUntouched(_ text: String) -> Bool {
    guard text.hasPrefix(mark), let end = text.firstIndex(of: "\n") else { return false }
    return text[..<end].dropFirst(mark.count) == digest(String(text[text.index(after: end)...]))
  }

  private static func digest(_ text: String) -> String {
    Base64.encode(Digest.sha256(Array(text.utf8)))
  }
}
