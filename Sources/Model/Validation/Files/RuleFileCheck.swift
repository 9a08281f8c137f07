/// What is to be said of a file with rules.
package struct RuleFileCheck: Sendable {
  /// A finding, with its place in the file.
  package struct Located: Sendable {
    package var finding: RuleVerdict.Finding
    package var position: SourcePosition?
    /// Where the value begins that it is about.
    fileprivate var start: SourcePosition?
  }

  /// A group, for finding duplicates among those of all files.
  package struct Group: Sendable {
    package var group: RuleGroup
    /// Whose it is; none where the file does not say.
    package var tenants: [String]
    /// Where the ruler would have it.
    package var namespace: String
    /// For people: the file, and the resource in it.
    package var source: String
    /// The document in the file, and the group's path in it.
    package var document: Int
    package var path: String
  }

  /// The file's name.
  package let name: String
  /// In the order in which what they are about stands in the file; those about one expression in Prometheus' order.
  package private(set) var findings: [Located] = []
  package private(set) var groups: [Group] = []
  /// Why the file is of no use at all; `nil` where it is of use.
  package private(set) var unusable: String?
  /// Whether a document in it has rules. One that has none is passed over where it was not named.
  package private(set) var hasRules = false

  private var documents: [DocumentNode] = []
  private let source: ScalarSource

  /// - Parameters:
  ///   - text: the file, in UTF-8.
  ///   - reader: of its documents.
  package init(name: String, text: [UInt8], reader: any DocumentReader, validator: RuleValidator) {
    self.name = name
    source = ScalarSource(text)
    do {
      documents = try reader.documents(in: text)
    } catch {
      unusable = error.message
      let finding = RuleVerdict.Finding(.error, .document, path: "", message: "\(error)")
      findings = [Located(finding: finding, position: error.position, start: error.position)]
      return
    }
    for index in documents.indices { check(documentAt: index, validator) }
    if documents.isEmpty { hasRules = true }
  }

  /// A line of the file.
  package func line(_ number: Int) -> String { source.line(number) }

  /// Adds what was found out by looking at several files.
  package mutating func add(_ finding: RuleVerdict.Finding, document: Int) {
    findings.append(located(finding, in: documents[document]))
  }

  /// Puts the findings into the order of what they are about.
  package mutating func sort() {
    findings = findings.enumerated()
      .sorted { left, right in
        let places = (left.element.start, right.element.start)
        guard let first = places.0, let second = places.1, first != second else { return left.offset < right.offset }
        return first < second
      }
      .map(\.element)
  }

  private mutating func check(documentAt index: Int, _ validator: RuleValidator) {
    for (path, document) in RuleDocument.all(in: documents[index]) {
      if case .other = document.kind { continue }
      hasRules = true
      for finding in document.findings { add(finding.within(path), document: index) }
      check(document, index, path, validator)
    }
  }

  private mutating func check(
    _ document: RuleDocument, _ documentIndex: Int, _ documentPath: String, _ validator: RuleValidator
  ) {
    let source = document.name.isEmpty ? name : "\(name) \(document.namespace)/\(document.name)"
    var names: Set<String> = []
    for (index, group) in document.groups.enumerated() {
      let path = "\(document.groupsPath)[\(index)]"
      switch group {
      case .broken(_, let path, let reason):
        let check: RuleCheck = reason.contains("name") && path.hasSuffix(".name") ? .groupName : .document
        add(
          RuleVerdict.Finding(.error, check, path: path, message: reason).within(documentPath), document: documentIndex)
      case .group(let group):
        if !names.insert(group.name).inserted {
          let message = "groupname: \"\(group.name)\" is repeated in the same file"
          add(
            RuleVerdict.Finding(.error, .duplicateGroup, path: "\(path).name", message: message, advice: "rename one")
              .within(documentPath), document: documentIndex)
        }
        for finding in validator.verdict(on: group).findings {
          add(finding.within(path).within(documentPath), document: documentIndex)
        }
        if let fault = RulerName.fault(of: group.name) {
          add(
            RuleVerdict.Finding(.error, .groupName, path: "\(path).name", message: fault, advice: "rename it")
              .within(documentPath), document: documentIndex)
        }
        groups.append(
          Group(
            group: group, tenants: document.tenants, namespace: document.namespace, source: source,
            document: documentIndex, path: documentPath.isEmpty ? path : "\(documentPath).\(path)"))
      }
    }
  }

  private func located(_ finding: RuleVerdict.Finding, in root: DocumentNode) -> Located {
    let place = root.place(at: finding.path)
    let position = finding.offset.map { source.position(of: $0, in: place.node) } ?? place.position
    return Located(finding: finding, position: position, start: place.position)
  }
}

extension RuleVerdict.Finding {
  /// The same finding, seen from what has the group at `path`.
  package func within(_ path: String) -> RuleVerdict.Finding {
    guard !path.isEmpty else { return self }
    var finding = self
    finding.path = self.path.isEmpty ? path : "\(path).\(self.path)"
    return finding
  }
}
