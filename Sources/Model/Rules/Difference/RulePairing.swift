/// Which rule of the old version of a group became which of the new one.
struct RulePairing {
  /// The place of the old rule, by the place of the new one; `nil` for a rule that is new.
  private(set) var partners: [Int?]

  /// Rules that are the same are pairs; of the others those with the same name, in their order, for the same alert
  /// stands more than once in many groups, with another severity.
  init(_ before: [Rule], _ after: [Rule]) {
    partners = Array(repeating: nil, count: after.count)
    var isFree = Array(repeating: true, count: before.count)
    pair(Self.byContent(before), Self.contents(after), &isFree)
    pair(Self.byName(before), after.map(\.name), &isFree)
  }

  private mutating func pair<Trait: Hashable>(_ old: [Trait: [Int]], _ new: [Trait], _ isFree: inout [Bool]) {
    for place in partners.indices where partners[place] == nil {
      guard let partner = old[new[place]]?.first(where: { isFree[$0] }) else { continue }
      partners[place] = partner
      isFree[partner] = false
    }
  }

  private static func contents(_ rules: [Rule]) -> [[UInt8]] {
    rules.map { rule in
      var bytes = CanonicalBytes()
      CanonicalRule(rule).append(to: &bytes)
      return bytes.bytes
    }
  }

  private static func byContent(_ rules: [Rule]) -> [[UInt8]: [Int]] {
    Dictionary(grouping: rules.indices) { [contents = contents(rules)] in contents[$0] }
  }

  private static func byName(_ rules: [Rule]) -> [String: [Int]] {
    Dictionary(grouping: rules.indices) { rules[$0].name }
  }
}

extension Rule {
  /// `alert` or `record`, and the name: what people know the rule by.
  package var name: String {
    alert.isEmpty ? "record \(record)" : "alert \(alert)"
  }
}
