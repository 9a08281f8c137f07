/// An event of a watch: a line of JSON.
package enum WatchEvent: Sendable {
  case added(DocumentNode)
  case modified(DocumentNode)
  case deleted(DocumentNode)
  /// Nothing has happened up to this resourceVersion that was not told.
  case bookmark(version: String)
  /// The watch ends.
  case error(KubernetesStatus)

  /// Reads a line.
  ///
  /// - Throws: what is wrong with it.
  package init(line: [UInt8]) throws(DocumentError) {
    let document = try JSONReader.read(line)
    guard let type = document["type"]?.text, let object = document["object"] else {
      throw DocumentError("an event has a type and an object")
    }
    switch type {
    case "ADDED": self = .added(object)
    case "MODIFIED": self = .modified(object)
    case "DELETED": self = .deleted(object)
    case "BOOKMARK": self = .bookmark(version: object["metadata"]?["resourceVersion"]?.text ?? "")
    case "ERROR":
      self = .error(KubernetesStatus(document: object) ?? KubernetesStatus(code: 500, message: "the watch failed"))
    default: throw DocumentError("there is no event of type \(type)")
    }
  }
}
