internal import Model

/// What one kubeconfig file says, or several of which the first counts where they differ.
struct KubeConfig {
  /// Something with a name, and the folder that paths in it begin at.
  struct Entry {
    let fields: DocumentNode
    let folder: String
  }

  private(set) var clusters: [String: Entry] = [:]
  private(set) var users: [String: Entry] = [:]
  private(set) var contexts: [String: Entry] = [:]
  private(set) var currentContext = ""

  /// Adds what a file says, where no file before it has said it.
  ///
  /// - Throws: what is wrong with it.
  mutating func merge(_ document: DocumentNode, from file: String) throws(DocumentFault) {
    if document.isNull { return }
    guard document.fields != nil else { throw document.unexpected("a mapping") }
    let folder = Self.folder(of: file)
    try Self.merge(document["clusters"], "clusters", "cluster", folder, into: &clusters)
    try Self.merge(document["users"], "users", "user", folder, into: &users)
    try Self.merge(document["contexts"], "contexts", "context", folder, into: &contexts)
    if currentContext.isEmpty { currentContext = document["current-context"]?.text ?? "" }
  }

  private static func merge(
    _ list: DocumentNode?, _ path: String, _ field: String, _ folder: String, into entries: inout [String: Entry]
  ) throws(DocumentFault) {
    do {
      for item in try (list ?? .null).itemsOrNone() {
        guard let name = item["name"]?.text, let fields = item[field], entries[name] == nil else { continue }
        entries[name] = Entry(fields: fields, folder: folder)
      }
    } catch {
      throw error.within(path)
    }
  }

  private static func folder(of file: String) -> String {
    guard let slash = file.lastIndex(of: "/") else { return "." }
    return slash == file.startIndex ? "/" : String(file[..<slash])
  }
}

extension KubeConfig.Entry {
  /// The text of a field; empty where it has none.
  func text(_ name: String) -> String {
    fields[name]?.text ?? ""
  }

  /// Whether a field says yes.
  func isSet(_ name: String) -> Bool {
    text(name).lowercased() == "true"
  }

  /// A path as one that does not depend on the file it is in.
  func path(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(folder)/\(path)"
  }

  /// What a field names a file of, or holds in base64 under its name with `-data`, which counts.
  ///
  /// - Throws: that it is no base64.
  func pem(_ name: String) throws(KubernetesConfigurationError) -> PEMSource? {
    let data = text("\(name)-data").filter { !$0.isWhitespace }
    if !data.isEmpty {
      guard let bytes = Base64.decode(data) else { throw KubernetesConfigurationError("\(name)-data is no base64") }
      return .bytes(bytes)
    }
    let file = text(name)
    return file.isEmpty ? nil : .file(path(file))
  }
}
