/// Writes fields so that different ones never give the same bytes: every text with its length before it.
struct CanonicalBytes {
  private(set) var bytes: [UInt8]

  init(_ bytes: [UInt8] = []) {
    self.bytes = bytes
  }

  /// Adds a text.
  mutating func append(_ text: [UInt8]) {
    append(count: text.count)
    bytes.append(contentsOf: text)
  }

  /// Adds a field with a text, unless that is empty.
  mutating func append(_ name: String, _ text: String) {
    guard !text.isEmpty else { return }
    append(name)
    append(text)
  }

  /// Adds a duration, unless it is none or 0. What is no duration is told apart from all that are.
  mutating func append(_ name: String, duration text: String) {
    guard let milliseconds = Self.milliseconds(text) else { return append(name, text) }
    if milliseconds > 0 { append(name, "\(milliseconds) milliseconds") }
  }

  /// Adds a query offset. Cortex tells one of 0, which switches off the tenant's own, from none; Mimir does not.
  mutating func append(_ name: String, offset text: String?, dialect: RulerDialect) {
    guard let text, !text.isEmpty else { return }
    if dialect == .cortex, Self.milliseconds(text) == 0 {
      append(name, "0 milliseconds")
    } else {
      append(name, duration: text)
    }
  }

  /// Adds a whole number, unless it is none or 0.
  mutating func append(_ name: String, number text: String) {
    guard let number = Int(text) else { return append(name, text) }
    if number != 0 { append(name, "\(number)") }
  }

  /// Adds texts by name, unless there are none. A text may be empty: a label without a value is still a label.
  mutating func append(_ name: String, _ texts: [String: String]) {
    guard !texts.isEmpty else { return }
    append(name)
    append(count: texts.count)
    for (name, text) in texts.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      append(name)
      append(text)
    }
  }

  /// Adds fields that this program does not know. What Go leaves out as empty counts as not given.
  mutating func append(_ fields: [DocumentField]) {
    guard !fields.isEmpty else { return }
    for field in fields.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
      if field.name == "evaluation_delay", let text = field.value.text {
        append(field.name, duration: text)
      } else if !Self.isZero(field.value) {
        append(field.name)
        append(field.value)
      }
    }
  }

  private mutating func append(_ node: DocumentNode) {
    switch node.content {
    case .scalar(let text, .plain):
      switch PlainScalar(text) {
      case .null: append("null")
      case .truth(let isTrue): append(isTrue ? "true" : "false")
      case .number(let number): append(number)
      case .text: append(text)
      }
    case .scalar(let text, _): append(text)
    case .sequence(let items):
      append("[")
      append(count: items.count)
      for item in items { append(item) }
    case .mapping(let fields):
      append("{")
      append(fields)
      append("}")
    }
  }

  private static func isZero(_ node: DocumentNode) -> Bool {
    switch node.content {
    case .scalar(let text, .plain): ["0", "false"].contains(text) || node.isNull
    case .scalar(let text, _): text.isEmpty
    case .sequence(let items): items.isEmpty
    case .mapping(let fields): fields.allSatisfy { isZero($0.value) }
    }
  }

  private mutating func append(_ text: String) {
    append(count: text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func append(count: Int) {
    for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: count >> shift)) }
  }

  /// A duration in milliseconds, 0 where none is given; `nil` for what is none.
  private static func milliseconds(_ text: String) -> Int64? {
    text.isEmpty ? 0 : try? PromDuration(text).milliseconds
  }
}
