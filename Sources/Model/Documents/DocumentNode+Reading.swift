extension DocumentNode {
  /// The text of a scalar, whatever it is; empty for null.
  ///
  /// - Throws: that the value is no scalar.
  package func textOrEmpty() throws(DocumentFault) -> String {
    guard case .scalar(let text, _) = content else { throw unexpected("text") }
    return isNull ? "" : text
  }

  /// The items of a sequence; none for null.
  ///
  /// - Throws: that the value is no sequence.
  package func itemsOrNone() throws(DocumentFault) -> [DocumentNode] {
    if isNull { return [] }
    guard let items else { throw unexpected("a list") }
    return items
  }

  /// The fields of a mapping; none for null.
  ///
  /// - Throws: that the value is no mapping.
  package func fieldsOrNone() throws(DocumentFault) -> [DocumentField] {
    if isNull { return [] }
    guard let fields else { throw unexpected("a mapping") }
    return fields
  }

  /// A mapping of scalars as texts; empty for null.
  ///
  /// - Throws: that the value is no mapping, or one of its values no scalar.
  package func textsByName() throws(DocumentFault) -> [String: String] {
    var texts: [String: String] = [:]
    for field in try fieldsOrNone() {
      do {
        texts[field.name] = try field.value.textOrEmpty()
      } catch {
        throw error.within(field.name)
      }
    }
    return texts
  }

  /// A whole number; 0 for null and for what is none.
  package var numberOrZero: Int {
    text.flatMap { Int($0) } ?? 0
  }

  package func unexpected(_ expected: String) -> DocumentFault {
    DocumentFault("must be \(expected), and is \(kind)", at: position)
  }

  private var kind: String {
    switch content {
    case .scalar: isNull ? "nothing" : "a single value"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}

extension DocumentNode {
  /// A whole number.
  package static func number(_ number: some BinaryInteger) -> DocumentNode {
    DocumentNode(.scalar("\(number)", .plain))
  }

  /// A truth value.
  package static func truth(_ isTrue: Bool) -> DocumentNode {
    DocumentNode(.scalar(isTrue ? "true" : "false", .plain))
  }

  /// Texts by name, in the order of the names.
  package static func texts(_ texts: [String: String]) -> DocumentNode {
    DocumentNode(.mapping(texts.sorted { $0.key < $1.key }.map { DocumentField($0.key, .text($0.value)) }))
  }

  package static func fields(_ fields: [DocumentField]) -> DocumentNode {
    DocumentNode(.mapping(fields))
  }

  package static func items(_ items: [DocumentNode]) -> DocumentNode {
    DocumentNode(.sequence(items))
  }
}

extension [DocumentField] {
  /// Adds a field with a text, unless that is empty.
  mutating func append(_ name: String, ifNotEmpty text: String) {
    if !text.isEmpty { append(DocumentField(name, .text(text))) }
  }

  /// Adds a field with texts by name, unless there are none.
  mutating func append(_ name: String, ifNotEmpty texts: [String: String]) {
    if !texts.isEmpty { append(DocumentField(name, .texts(texts))) }
  }
}
