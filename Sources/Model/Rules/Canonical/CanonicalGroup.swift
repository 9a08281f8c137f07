/// A group in the form in which two are compared: what rulers and people may write in several ways is written in one.
///
/// Durations are in milliseconds; what is 0, empty or false is the same as what is not given; the order of labels is
/// not told, that of rules is; expressions are as they are written, byte for byte.
package struct CanonicalGroup: Sendable {
  /// Equal for groups whose canonical forms are equal, and only for them.
  package let hash: ContentHash
  /// All but the rules.
  private let settings: [UInt8]
  private let rules: [CanonicalRule]

  package init(_ group: RuleGroup, dialect: RulerDialect) {
    var settings = CanonicalBytes()
    settings.append("name", group.name)
    settings.append("interval", duration: group.interval)
    settings.append("query_offset", offset: group.queryOffset, dialect: dialect)
    settings.append("limit", number: group.limit)
    settings.append("labels", group.labels)
    settings.append(group.otherFields)
    self.settings = settings.bytes
    rules = group.rules.map { CanonicalRule($0) }
    hash = Self.hash(settings.bytes, rules)
  }

  /// Whether two groups are the same but perhaps for the spelling of expressions, which some rulers print anew.
  ///
  /// - Parameter expressionsAreEqual: whether two expressions that are spelled differently mean the same.
  package func isEquivalent(
    to other: CanonicalGroup, expressionsAreEqual: (String, String) -> Bool
  ) -> Bool {
    settings == other.settings && rules.count == other.rules.count
      && zip(rules, other.rules).allSatisfy { $0.isEquivalent(to: $1, expressionsAreEqual: expressionsAreEqual) }
  }

  /// The version goes into the hash: another canonical form must not give hashes that look comparable.
  private static let version = Array("openmmt rule group 1".utf8)

  private static func hash(_ settings: [UInt8], _ rules: [CanonicalRule]) -> ContentHash {
    var text = CanonicalBytes(version)
    text.append(settings)
    for rule in rules { rule.append(to: &text) }
    let hash = SHA256.hash(text.bytes)
    func number(_ range: Range<Int>) -> UInt64 { range.reduce(0) { $0 << 8 | UInt64(hash[$1]) } }
    return ContentHash(high: number(0..<8), low: number(8..<16))
  }
}
