import Model

/// Writes YAML byte for byte as Go's yaml.v3 does with its defaults, which Cortex answers with.
///
/// Plain scalars are written as they are: they are numbers. All others are texts, however they were written before.
///
/// Source: yaml.v3 `emitterc.go`.
struct GoYAMLWriter {
  private static let indentation = 4
  /// The longest text before a colon, in bytes; a longer one has a question mark before it.
  private static let longestSimpleKey = 128

  private var text = ""
  private var column = 0
  /// Whether the line has nothing but spaces and the indicators of collections so far.
  private var isIndention = true

  private init() {}

  /// A document.
  static func text(of document: DocumentNode) -> String {
    var writer = GoYAMLWriter()
    switch document.content {
    case .scalar: writer.write(scalar: document, indent: 0)
    case .sequence(let items): writer.write(items, indent: 0)
    case .mapping(let fields): writer.write(fields, indent: 0)
    }
    writer.beginLine(indent: 0)
    return writer.text
  }

  private mutating func write(_ fields: [DocumentField], indent: Int) {
    guard !fields.isEmpty else { return append(" {}") }
    for field in fields {
      beginLine(indent: indent)
      let key = GoYAMLScalar(field.name)
      if field.name.utf8.count > Self.longestSimpleKey || key.style == .literal {
        appendIndicator("?")
        write(key, indent: Self.aligned(indent))
        beginLine(indent: indent)
        appendIndicator(":")
      } else {
        append(key.written + ":")
      }
      write(field.value, indent: Self.aligned(indent))
    }
  }

  private mutating func write(_ items: [DocumentNode], indent: Int) {
    guard !items.isEmpty else { return append(" []") }
    for item in items {
      beginLine(indent: indent)
      appendIndicator("-")
      // What stands in an item is indented by the dash and a space.
      write(item, indent: indent + 2)
    }
  }

  private mutating func write(_ node: DocumentNode, indent: Int) {
    switch node.content {
    case .scalar: write(scalar: node, indent: indent)
    case .sequence(let items): write(items, indent: indent)
    case .mapping(let fields): write(fields, indent: indent)
    }
  }

  private mutating func write(scalar node: DocumentNode, indent: Int) {
    guard case .scalar(let scalar, let style) = node.content else { return }
    if style == .plain {
      append(column == 0 ? scalar : " " + scalar)
    } else {
      write(GoYAMLScalar(scalar), indent: indent)
    }
  }

  private mutating func write(_ scalar: GoYAMLScalar, indent: Int) {
    let space = column == 0 ? "" : " "
    guard scalar.style == .literal else { return append(space + scalar.written) }
    append(space + "|" + scalar.hints)
    endLine()
    var beginsLine = true
    for character in scalar.text.unicodeScalars {
      if GoYAMLText.isBreak(character) {
        endLine(with: character)
        beginsLine = true
      } else {
        if beginsLine { beginLine(indent: indent) }
        append(String(character))
        beginsLine = false
      }
    }
  }

  /// The next level of indentation.
  private static func aligned(_ indent: Int) -> Int {
    indentation * ((indent + indentation) / indentation)
  }

  /// Moves to a column, on a new line unless this one is still before it.
  private mutating func beginLine(indent: Int) {
    if !isIndention || column > indent { endLine() }
    text += String(repeating: " ", count: max(0, indent - column))
    column = max(column, indent)
  }

  private mutating func endLine(with lineBreak: Unicode.Scalar = "\n") {
    text.unicodeScalars.append(lineBreak)
    column = 0
    isIndention = true
  }

  private mutating func appendIndicator(_ indicator: String) {
    text += indicator
    column += indicator.utf8.count
  }

  private mutating func append(_ part: String) {
    appendIndicator(part)
    isIndention = false
  }
}
