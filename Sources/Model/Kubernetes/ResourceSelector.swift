/// Which resources count by their labels, as Kubernetes writes selectors: `team=a,stage!=test`.
package struct ResourceSelector: Sendable, Equatable {
  /// All resources count.
  package static let everything = ResourceSelector(terms: [])

  /// In the words of Kubernetes; the same for the same terms in whatever order they were written, and empty where all
  /// resources count.
  package let text: String
  /// Labels with which a resource counts, as few as there can be; `nil` where the selector names none.
  package let labels: [String: String]?

  /// - Throws: what is wrong with the text.
  package init(_ text: String) throws(InvalidResourceSelector) {
    var reader = ResourceSelectorReader(text)
    self.init(terms: try reader.terms())
  }

  private init(terms: [SelectorTerm]) {
    text = Set(terms.map(\.text)).sorted().joined(separator: ",")
    labels = Self.labels(for: terms)
  }

  private static func labels(for terms: [SelectorTerm]) -> [String: String]? {
    var labels: [String: String] = [:]
    for (key, terms) in Dictionary(grouping: terms, by: \.key) {
      // Where it will do, the label is not set.
      var candidates: [String?] = [nil]
      for value in terms.flatMap(\.values) { candidates.append(value) }
      guard let fit = candidates.first(where: { value in terms.allSatisfy { $0.accepts(value) } }) else { return nil }
      if let value = fit { labels[key] = value }
    }
    return labels
  }
}
