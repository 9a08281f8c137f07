import Model

/// The fields of a group or a rule, taken as Go's yaml.v3 takes them.
struct SandboxRuleFields {
  private let document: DocumentNode

  /// - Throws: where it is no mapping. Nothing at all is one without fields.
  init(_ document: DocumentNode) throws(SandboxRuleFault) {
    guard document.fields != nil || document.isNull else { throw SandboxRuleFault() }
    self.document = document
  }

  /// A text, whatever the scalar is; empty where there is none.
  func text(_ name: String) throws(SandboxRuleFault) -> String {
    try fault { () throws(DocumentFault) in try document[name]?.textOrEmpty() ?? "" }
  }

  /// A duration; `nil` where there is none.
  func duration(_ name: String) throws(SandboxRuleFault) -> PromDuration? {
    guard let value = document[name], !value.isNull else { return nil }
    guard let duration = try? PromDuration(text(name)) else { throw SandboxRuleFault() }
    return duration
  }

  /// A whole number; 0 where there is none.
  func number(_ name: String) throws(SandboxRuleFault) -> Int {
    guard let value = document[name], !value.isNull else { return 0 }
    guard case .scalar(let text, .plain) = value.content, let number = Int(text) else { throw SandboxRuleFault() }
    return number
  }

  func texts(_ name: String) throws(SandboxRuleFault) -> [String: String] {
    try fault { () throws(DocumentFault) in try document[name]?.textsByName() ?? [:] }
  }

  func items(_ name: String) throws(SandboxRuleFault) -> [DocumentNode] {
    try fault { () throws(DocumentFault) in try document[name]?.itemsOrNone() ?? [] }
  }

  private func fault<Value>(_ read: () throws(DocumentFault) -> Value) throws(SandboxRuleFault) -> Value {
    do {
      return try read()
    } catch {
      throw SandboxRuleFault()
    }
  }

  /// A field with a duration, unless it is none.
  static func written(_ name: String, _ duration: PromDuration) -> [DocumentField] {
    duration == .zero ? [] : [DocumentField(name, .text("\(duration)"))]
  }

  /// A field with texts in Go's order, unless there are none.
  static func written(_ name: String, _ texts: [String: String]) -> [DocumentField] {
    guard !texts.isEmpty else { return [] }
    let sorted = texts.sorted { GoKeyOrder.precedes($0.key, $1.key) }
    return [DocumentField(name, DocumentNode(.mapping(sorted.map { DocumentField($0.key, .text($0.value)) })))]
  }
}
