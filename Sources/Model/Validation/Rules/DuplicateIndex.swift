/// Finds rules that stand more than once among all groups of one tenant, in whatever resources and namespaces they
/// are: they are evaluated side by side, and write the same series or fire the same alert.
package struct DuplicateIndex: Sendable {
  /// What is to be said of one rule, at the place of all but the first.
  package struct Duplicate: Sendable, Equatable {
    /// The number that the group was taken in with.
    package var group: Int
    /// With its path in the group.
    package var finding: RuleVerdict.Finding
  }

  private struct Occurrence {
    var group: Int
    var place: RulePlace
    var expression: String
  }

  /// At most so many places are named: of a rule that stands a thousand times, the first few say enough.
  private static let namedPlaces = 10

  /// With so many expressions of an alert a further one is compared by its meaning, which takes to read both; with all
  /// others, by its text.
  private static let comparedExpressions = 32

  /// So many bytes of expressions are read for that, all in all: somebody may write long ones by the thousand.
  private static let comparedBytes = 2 << 20

  private let names: Set<String>?
  private var occurrences: [RuleIdentity: [Occurrence]] = [:]
  /// In the order in which they came.
  private var order: [RuleIdentity] = []

  /// - Parameter names: of the rules that matter, the others being left out; `nil`: all do.
  package init(names: Set<String>? = nil) {
    self.names = names
  }

  /// Takes the rules of a group in.
  ///
  /// - Parameters:
  ///   - source: where the group stands, for people: the resource or file.
  ///   - number: comes back with what is said of the group.
  package mutating func add(_ group: RuleGroup, from source: String, as number: Int) {
    for (index, rule) in group.rules.enumerated() {
      guard names?.contains(rule.recordOrAlert) ?? true, let identity = RuleIdentity(of: rule, in: group) else {
        continue
      }
      let place = RulePlace(source: source, group: group.name, index: index)
      occurrences[identity, default: []].append(Occurrence(group: number, place: place, expression: rule.expression))
      if occurrences[identity]?.count == 2 { order.append(identity) }
    }
  }

  /// The duplicates among all that was taken in, in the order in which they came.
  ///
  /// - Parameter isSame: whether two expressions mean the same.
  package func duplicates(isSame: (String, String) -> Bool = { $0 == $1 }) -> [Duplicate] {
    var budget = Self.comparedBytes
    return order.flatMap { identity in duplicates(of: identity, &budget, isSame) }
  }

  /// - Parameter budget: the bytes that may still be compared by meaning.
  private func duplicates(
    of identity: RuleIdentity, _ budget: inout Int, _ isSame: (String, String) -> Bool
  ) -> [Duplicate] {
    guard let all = occurrences[identity] else { return [] }
    // What is there many times is not compared with each of its kind: a tenant may have an alert in every group.
    var texts: Set<String> = []
    var meanings: [String] = []
    let places = all.prefix(Self.namedPlaces + 1).map(\.place.description)
    return all.indices.compactMap { index in
      let expression = all[index].expression
      let isKnown =
        texts.contains(expression)
        || (identity.isAlert
          && meanings.contains { meaning in
            budget -= meaning.utf8.count + expression.utf8.count
            return budget >= 0 && isSame(meaning, expression)
          })
      texts.insert(expression)
      if !isKnown, meanings.count < Self.comparedExpressions { meanings.append(expression) }
      guard index > 0 else { return nil }
      return Duplicate(
        group: all[index].group,
        finding: Self.finding(
          identity, isSameAlert: isKnown, at: all[index].place,
          elsewhere: Self.elsewhere(places, of: all.count, but: index)))
    }
  }

  /// - Parameter places: the first of all places, which are `count`.
  private static func elsewhere(_ places: [String], of count: Int, but index: Int) -> String {
    let named = places.indices.filter { $0 != index }.prefix(namedPlaces)
    let more = count - 1 - named.count
    return "also at " + named.map { places[$0] }.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }

  private static func finding(
    _ identity: RuleIdentity, isSameAlert: Bool, at place: RulePlace, elsewhere: String
  ) -> RuleVerdict.Finding {
    let path = "rules[\(place.index)]"
    guard identity.isAlert else {
      return RuleVerdict.Finding(
        .error, .duplicateRule, path: path,
        message: "recording rule \(GoQuoted.string(identity.name)) writes the same series as another: \(elsewhere)",
        advice: "remove one, or give them different labels")
    }
    return RuleVerdict.Finding(
      isSameAlert ? .error : .warning, .duplicateRule, path: path,
      message: isSameAlert
        ? "alert \(GoQuoted.string(identity.name)) stands twice with the same labels and expression: \(elsewhere)"
        : "alert \(GoQuoted.string(identity.name)) stands twice with the same labels and another expression: \(elsewhere)",
      advice: isSameAlert ? "remove one" : "give them different labels, so that they can be told apart")
  }
}
