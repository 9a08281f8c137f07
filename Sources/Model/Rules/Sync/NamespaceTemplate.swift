/// How the ruler's namespace is made of that of Kubernetes: `{namespace}`, or with something around it that tells
/// clusters apart which share a ruler, such as `prod-{namespace}`. Without a placeholder all go into one.
package struct NamespaceTemplate: Sendable, Equatable {
  package static let placeholder = "{namespace}"
  /// Both have the same name.
  package static let identity = NamespaceTemplate(prefix: "", suffix: "", hasPlaceholder: true)

  private let prefix: String
  private let suffix: String
  private let hasPlaceholder: Bool

  private init(prefix: String, suffix: String, hasPlaceholder: Bool) {
    self.prefix = prefix
    self.suffix = suffix
    self.hasPlaceholder = hasPlaceholder
  }

  /// - Throws: what is wrong with the text.
  package init(_ text: String) throws(InvalidNamespaceTemplate) {
    guard !text.isEmpty else { throw InvalidNamespaceTemplate(text: text, reason: "is empty") }
    var prefix = text[...]
    var suffix: Substring = ""
    if let range = text.firstRange(of: Self.placeholder) {
      prefix = text[..<range.lowerBound]
      suffix = text[range.upperBound...]
    }
    guard !prefix.contains(where: Self.isBrace), !suffix.contains(where: Self.isBrace) else {
      throw InvalidNamespaceTemplate(text: text, reason: "may have \(Self.placeholder) once, and no other braces")
    }
    let hasPlaceholder = prefix.utf8.count < text.utf8.count
    // The longest name of a namespace in Kubernetes.
    let longest = prefix.utf8.count + suffix.utf8.count + (hasPlaceholder ? 63 : 0)
    guard longest <= RulerName.maximumLength else {
      throw InvalidNamespaceTemplate(text: text, reason: "gives names longer than \(RulerName.maximumLength) bytes")
    }
    self.init(prefix: String(prefix), suffix: String(suffix), hasPlaceholder: hasPlaceholder)
  }

  /// The ruler's namespace for one of Kubernetes.
  package func rulerNamespace(for namespace: String) -> String {
    hasPlaceholder ? prefix + namespace + suffix : prefix
  }

  /// The namespace of Kubernetes whose groups the ruler has in `rulerNamespace`; `nil` where there is none, or where
  /// all have the same one.
  package func namespace(for rulerNamespace: String) -> String? {
    // By bytes: a ruler tells names apart that Unicode calls equal.
    let name = rulerNamespace.utf8
    guard hasPlaceholder, name.count > prefix.utf8.count + suffix.utf8.count, name.starts(with: prefix.utf8),
      name.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    else { return nil }
    return String(name.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count))
  }

  /// Whether the ruler may have groups of this template's resources in a namespace.
  package func covers(_ rulerNamespace: String) -> Bool {
    hasPlaceholder ? namespace(for: rulerNamespace) != nil : rulerNamespace.utf8.elementsEqual(prefix.utf8)
  }

  private static func isBrace(_ character: Character) -> Bool {
    character == "{" || character == "}"
  }
}
