/// A value in a YAML or JSON document, as it is written: scalars keep their text, mappings their order.
///
/// What a plain scalar means is decided by who reads it, as in Go's yaml.v3, which Cortex and Prometheus
/// read rules with: a field that takes text takes `5`, `yes` and `1e3` as they are written.
package struct DocumentNode: Sendable {
  /// What the value is.
  package enum Content: Sendable {
    case scalar(String, ScalarStyle)
    case sequence([DocumentNode])
    case mapping([DocumentField])
  }

  package var content: Content
  /// Where the value begins; `nil` where it was not read from a text that people write.
  package var position: SourcePosition?

  package init(_ content: Content, at position: SourcePosition? = nil) {
    self.content = content
    self.position = position
  }
}

extension DocumentNode {
  /// Nothing.
  package static let null = DocumentNode(.scalar("null", .plain))

  /// Text.
  package static func text(_ text: String) -> DocumentNode {
    DocumentNode(.scalar(text, .doubleQuoted))
  }

  /// Whether the value is null, or was left out.
  package var isNull: Bool {
    guard case .scalar(let text, .plain) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// The text of a scalar, whatever it is; `nil` for null and for what is no scalar.
  package var text: String? {
    guard case .scalar(let text, _) = content, !isNull else { return nil }
    return text
  }

  /// The items of a sequence.
  package var items: [DocumentNode]? {
    guard case .sequence(let items) = content else { return nil }
    return items
  }

  /// The fields of a mapping, in the order in which they are written.
  package var fields: [DocumentField]? {
    guard case .mapping(let fields) = content else { return nil }
    return fields
  }

  /// The value of a mapping's field; `nil` where there is none.
  package subscript(name: String) -> DocumentNode? {
    fields?.first { $0.name == name }?.value
  }
}
