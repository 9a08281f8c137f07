/// Why a document is not what it is read as.
package struct DocumentFault: Error, Sendable, Equatable, CustomStringConvertible {
  /// Where in the document the fault is, such as `spec.groups[1].rules[0].labels`; empty for the document itself.
  package var path: String
  /// What is wrong.
  package var reason: String
  /// Where in the text, if that is known.
  package var position: SourcePosition?

  package init(path: String = "", _ reason: String, at position: SourcePosition? = nil) {
    self.path = path
    self.reason = reason
    self.position = position
  }

  package var description: String {
    path.isEmpty ? reason : "\(path): \(reason)"
  }

  /// The same fault, seen from the document that has this one as `parent`.
  package func within(_ parent: String) -> DocumentFault {
    let separator = path.isEmpty || path.hasPrefix("[") ? "" : "."
    return DocumentFault(path: parent + separator + path, reason, at: position)
  }
}
