import Model

/// Checks documents against a schema, as far as a kube-apiserver does without CEL.
enum SchemaCheck {
  /// The first thing that is wrong with a document; `nil` for nothing.
  static func fault(of node: DocumentNode, by schema: DocumentNode, at path: String = "") -> String? {
    if let fault = typeFault(node, schema) { return "\(path): \(fault)" }
    if let text = node.text, let fault = textFault(text, schema) { return "\(path): \(fault)" }
    if let items = node.items {
      if items.count < number("minItems", in: schema, else: 0) { return "\(path): too few items" }
      if items.count > number("maxItems", in: schema, else: .max) { return "\(path): too many items" }
      for (index, item) in items.enumerated() {
        if let fault = fault(of: item, by: schema["items"] ?? .null, at: "\(path)[\(index)]") { return fault }
      }
    }
    return node.fields.flatMap { fieldsFault($0, schema, path) }
  }

  private static func fieldsFault(_ fields: [DocumentField], _ schema: DocumentNode, _ path: String) -> String? {
    let prefix = path.isEmpty ? "" : "\(path)."
    for name in (schema["required"]?.items ?? []).compactMap(\.text) where !fields.contains(where: { $0.name == name })
    {
      return "\(prefix)\(name): required"
    }
    if fields.count > number("maxProperties", in: schema, else: .max) { return "\(path): too many fields" }
    for field in fields {
      guard let place = schema["properties"]?[field.name] ?? schema["additionalProperties"] else { continue }
      if let fault = fault(of: field.value, by: place, at: "\(prefix)\(field.name)") { return fault }
    }
    return nil
  }

  private static func typeFault(_ node: DocumentNode, _ schema: DocumentNode) -> String? {
    let isRight =
      switch schema["type"]?.text {
      case "object": node.fields != nil
      case "array": node.items != nil
      case "string": isText(node)
      case "integer": !isText(node) && node.text.flatMap { Int($0) } != nil
      case "boolean": !isText(node) && ["true", "false"].contains(node.text)
      default: node.text != nil
      }
    return isRight ? nil : "must be of type \(schema["type"]?.text ?? "integer or string")"
  }

  private static func isText(_ node: DocumentNode) -> Bool {
    guard case .scalar(_, let style) = node.content, style == .plain else { return node.text != nil }
    // As YAML has it: what is no number, truth value or null is text.
    return node.text.map { Double($0) == nil && !["true", "false"].contains($0) } ?? false
  }

  private static func textFault(_ text: String, _ schema: DocumentNode) -> String? {
    if text.unicodeScalars.count < number("minLength", in: schema, else: 0) { return "too short" }
    if text.unicodeScalars.count > number("maxLength", in: schema, else: .max) { return "too long" }
    if let least = schema["minimum"]?.text.flatMap({ Int($0) }), let value = Int(text), value < least {
      return "too small"
    }
    if let values = schema["enum"]?.items, !values.contains(where: { $0.text == text }) {
      return "none of those allowed"
    }
    guard let pattern = schema["pattern"]?.text, let regex = try? Regex(pattern) else { return nil }
    return text.firstMatch(of: regex) == nil ? "does not match \(pattern)" : nil
  }

  private static func number(_ name: String, in schema: DocumentNode, else usual: Int) -> Int {
    schema[name]?.text.flatMap { Int($0) } ?? usual
  }
}
