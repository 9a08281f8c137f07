/// What a ``ResourceSelector`` asks of one label.
struct SelectorTerm {
  enum Condition {
    case among([String])
    case notAmong([String])
    case present
    case absent
    case above(Int64)
    case below(Int64)
  }

  /// The label's name.
  let key: String
  let condition: Condition

  /// Whether a resource counts whose label has a value; `nil`: one without the label.
  func accepts(_ value: String?) -> Bool {
    switch condition {
    case .among(let values): value.map { values.contains($0) } ?? false
    case .notAmong(let values): value.map { !values.contains($0) } ?? true
    case .present: value != nil
    case .absent: value == nil
    case .above(let limit): value.flatMap { Int64($0) }.map { $0 > limit } ?? false
    case .below(let limit): value.flatMap { Int64($0) }.map { $0 < limit } ?? false
    }
  }

  /// The values that the term asks for, in the order in which they are written.
  var values: [String] {
    if case .among(let values) = condition { values } else { [] }
  }

  /// In the words of Kubernetes, and the same for the same condition.
  var text: String {
    switch condition {
    case .among(let values): text(values, one: "=", several: "in")
    case .notAmong(let values): text(values, one: "!=", several: "notin")
    case .present: key
    case .absent: "!\(key)"
    case .above(let limit): "\(key)>\(limit)"
    case .below(let limit): "\(key)<\(limit)"
    }
  }

  private func text(_ values: [String], one: String, several: String) -> String {
    let values = Set(values).sorted()
    return values.count == 1 ? key + one + values[0] : "\(key) \(several) (\(values.joined(separator: ",")))"
  }
}
