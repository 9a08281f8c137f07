/// What a ruler takes as the name of a namespace or a group.
package enum RulerName {
  /// The greatest length in bytes: rulers make a file or an object of it, in base64 and with a limit of 255.
  package static let maximumLength = 180

  /// What is wrong with a name; `nil`: nothing.
  package static func fault(of name: String) -> String? {
    if name.isEmpty { return "a ruler takes no empty name" }
    if name == "." || name == ".." { return "a ruler would take the name \(name) for a place in its API" }
    let length = name.utf8.count
    return length <= maximumLength
      ? nil : "a ruler takes no name longer than \(maximumLength) bytes, and this one has \(length)"
  }
}
