import Model

/// Where Cortex stores a group: names in base64, which give the order in which it lists them.
///
/// Source: Cortex `pkg/ruler/rulestore/bucketclient`.
struct SandboxRuleObject: Hashable, Comparable, Sendable {
  /// The longest name of a file, in bytes.
  private static let longestName = 255

  /// The name of a namespace's folder.
  let folder: String
  /// The name of a group's object in it.
  let name: String

  init(namespace: String, group: String) {
    folder = Self.folder(of: namespace)
    name = Self.encoded(group)
  }

  static func folder(of namespace: String) -> String {
    encoded(namespace)
  }

  /// Whether a file system takes the names.
  var canBeStored: Bool {
    folder.utf8.count <= Self.longestName && name.utf8.count <= Self.longestName
  }

  static func < (left: SandboxRuleObject, right: SandboxRuleObject) -> Bool {
    (left.folder, left.name) < (right.folder, right.name)
  }

  private static func encoded(_ name: String) -> String {
    Base64.encode(Array(name.utf8)).replacing("+", with: "-").replacing("/", with: "_")
  }
}
