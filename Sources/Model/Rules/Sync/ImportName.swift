/// The names of resources that are made of what was found in a ruler.
package enum ImportName {
  private static let longestSlug = 60

  /// A name for the resource of a group: something to recognise it by, and a hash that no other group's has.
  ///
  /// - Parameter attempt: another name where those of the attempts before are taken; from 0.
  package static func name(for key: RuleKey, attempt: Int = 0) -> String {
    var text = CanonicalBytes()
    for part in [key.tenant.name, key.namespace, key.group] { text.append(Array(part.utf8)) }
    let hash = SHA256.hash(text.bytes).prefix(16).map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }
    let slug = slug("\(key.tenant.name)-\(key.group)")
    return "\(slug)\(slug.isEmpty ? "" : "-")\(hash.joined())\(attempt == 0 ? "" : "-\(attempt + 1)")"
  }

  /// The small letters, capitals made small, and digits of a text, and a dash for what is between.
  private static func slug(_ text: String) -> String {
    let words = text.utf8.lazy.map { Self.small($0) }.split(separator: nil).map { word in
      String(decoding: word.compactMap(\.self), as: UTF8.self)
    }
    let slug = words.joined(separator: "-").prefix(longestSlug)
    return String(slug.last == "-" ? slug.dropLast() : slug)
  }

  /// A letter or digit that names in Kubernetes may have; `nil` for others.
  private static func small(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte + 32
    default: nil
    }
  }
}
