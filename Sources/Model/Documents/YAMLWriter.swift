/// Writes YAML as people would: in blocks, texts of several lines as literals, quotes only where they are needed.
///
/// What is written reads back the same under YAML 1.1 (libyaml), YAML 1.2 and Go's yaml.v3. The style of a scalar only
/// tells text from what is none: a plain one that some reader takes for a number, a truth value or nothing stays plain,
/// everything else is written so that it is text for all of them.
package struct YAMLWriter {
  /// The longest text of a name that may stand before a colon, in bytes; libyaml's own bound is 1024.
  private static let longestSimpleName = 512

  private var text = ""

  private init() {}

  /// A document, without the line of dashes that may stand before it.
  package static func text(of node: DocumentNode) -> String {
    var writer = YAMLWriter()
    switch node.content {
    case .scalar: writer.write(scalarOf: node, indent: 0)
    case .sequence(let items): writer.write(items, indent: 0, isInline: true)
    case .mapping(let fields): writer.write(fields, indent: 0, isInline: true)
    }
    return writer.text
  }

  /// Documents, with a line of dashes between two of them.
  package static func text(of nodes: [DocumentNode]) -> String {
    nodes.map { text(of: $0) }.joined(separator: "---\n")
  }

  // MARK: Collections

  /// Writes a mapping's fields, each in lines of its own.
  ///
  /// - Parameter isInline: whether the first one stands where the text is now, such as after a dash.
  private mutating func write(_ fields: [DocumentField], indent: Int, isInline: Bool) {
    guard !fields.isEmpty else {
      text += "{}\n"
      return
    }
    for (index, field) in fields.enumerated() {
      if index > 0 || !isInline { write(indent: indent) }
      let name = YAMLText.inLine(field.name)
      if name.utf8.count > Self.longestSimpleName {
        text += "? \(name)\n"
        write(indent: indent)
      } else {
        text += name
      }
      text += ":"
      write(field.value, indent: indent)
    }
  }

  private mutating func write(_ items: [DocumentNode], indent: Int, isInline: Bool) {
    guard !items.isEmpty else {
      text += "[]\n"
      return
    }
    for (index, item) in items.enumerated() {
      if index > 0 || !isInline { write(indent: indent) }
      text += "- "
      switch item.content {
      case .scalar: write(scalarOf: item, indent: indent)
      case .sequence(let items): write(items, indent: indent + 2, isInline: true)
      case .mapping(let fields): write(fields, indent: indent + 2, isInline: true)
      }
    }
  }

  /// Writes the value of a field, after its colon.
  private mutating func write(_ value: DocumentNode, indent: Int) {
    switch value.content {
    case .scalar:
      text += " "
      write(scalarOf: value, indent: indent)
    case .sequence(let items):
      text += items.isEmpty ? " " : "\n"
      write(items, indent: indent + 2, isInline: items.isEmpty)
    case .mapping(let fields):
      text += fields.isEmpty ? " " : "\n"
      write(fields, indent: indent + 2, isInline: fields.isEmpty)
    }
  }

  // MARK: Scalars

  /// Writes a scalar and the end of its line.
  ///
  /// - Parameter indent: of the collection that it stands in.
  private mutating func write(scalarOf node: DocumentNode, indent: Int) {
    guard case .scalar(let scalar, let style) = node.content else { return }
    if style == .plain, PlainScalar.isAmbiguous(scalar) {
      text += "\(scalar.isEmpty ? "null" : scalar)\n"
    } else if YAMLText.canBeLiteral(scalar) {
      write(literal: scalar, indent: indent + 2)
    } else {
      text += "\(YAMLText.inLine(scalar))\n"
    }
  }

  private mutating func write(literal scalar: String, indent: Int) {
    var lines = scalar.split(separator: "\n", omittingEmptySubsequences: false)
    // What follows the last line break is no line of its own.
    let endsInBreak = lines.last?.isEmpty ?? false
    if endsInBreak { lines.removeLast() }
    let keepsBreaks = endsInBreak && (lines.last?.isEmpty ?? false)
    text += keepsBreaks ? "|+\n" : endsInBreak ? "|\n" : "|-\n"
    for line in lines {
      if !line.isEmpty { write(indent: indent) }
      text += "\(line)\n"
    }
  }

  private mutating func write(indent: Int) {
    text += String(repeating: " ", count: indent)
  }
}
