/// The name of a tenant, in the form that Cortex and Mimir both take.
///
/// Source: Cortex `pkg/util/users/tenant.go`, Mimir "About tenant IDs". The reserved names are the
/// union of both, for a tenant that only one of them refuses is still refused by an upstream.
package struct TenantID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The greatest length, in bytes.
  package static let maximumLength = 150

  private static let reserved: Set<String> = [
    ".", "..", "__markers__", "user-index.json.gz", "__mimir_cluster",
  ]

  /// The name itself.
  package let name: String

  /// - Throws: what is wrong with the name, checked in Cortex's order: characters, length, reserved
  ///   names.
  package init(_ name: String) throws(InvalidTenantID) {
    guard !name.isEmpty else { throw InvalidTenantID(name: name, reason: .empty) }
    if let character = name.unicodeScalars.first(where: { !Self.isSupported($0) }) {
      throw InvalidTenantID(name: name, reason: .unsupportedCharacter(character))
    }
    guard name.utf8.count <= Self.maximumLength else { throw InvalidTenantID(name: name, reason: .tooLong) }
    guard !Self.reserved.contains(name) else { throw InvalidTenantID(name: name, reason: .reserved) }
    self.name = name
  }

  package var description: String { name }

  package static func < (left: TenantID, right: TenantID) -> Bool {
    left.name < right.name
  }

  private static func isSupported(_ character: Unicode.Scalar) -> Bool {
    switch character {
    case "a"..."z", "A"..."Z", "0"..."9", "!", "-", "_", ".", "*", "'", "(", ")": true
    default: false
    }
  }
}
