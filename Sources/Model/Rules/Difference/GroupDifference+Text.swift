extension GroupDifference {
  /// A line a change, and under a changed rule its fields: `+` what comes, `-` what goes, `~` what is changed and `^` a
  /// rule that stands elsewhere.
  package var lines: [String] {
    settings.flatMap(\.lines) + rules.flatMap(\.lines)
  }

  /// What has changed in one line, at most `limit` bytes.
  package func summary(limit: Int = 512) -> String {
    let changes = settings.map { "~ \($0.name)" } + rules.map(\.headline)
    guard !changes.isEmpty else { return "no rule differs" }
    var text = ""
    for (index, change) in changes.enumerated() {
      let next = text.isEmpty ? change : "\(text), \(change)"
      // There must be room for how many are left.
      guard next.utf8.count + 16 <= limit else {
        return text.isEmpty ? "\(changes.count) changes" : "\(text), and \(changes.count - index) more"
      }
      text = next
    }
    return text
  }
}

extension RuleChange {
  fileprivate var headline: String {
    switch self {
    case .added(let rule): "+ \(rule.name)"
    case .removed(let rule): "- \(rule.name)"
    case .changed(let rule, let fields): "~ \(rule.name) (\(fields.map(\.name).joined(separator: ", ")))"
    case .moved(let rule): "^ \(rule.name)"
    }
  }

  fileprivate var lines: [String] {
    switch self {
    case .changed(let rule, let fields): ["~ \(rule.name)"] + fields.flatMap(\.lines).map { "    \($0)" }
    default: [headline]
    }
  }
}

extension FieldChange {
  /// Texts of several lines are shown line by line.
  fileprivate var lines: [String] {
    let name = name
    func lines(_ sign: String, _ text: String?) -> [String] {
      guard let text else { return [] }
      let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
      guard parts.count > 1 else { return ["\(sign) \(name): \(text)"] }
      return ["\(sign) \(name):"] + parts.map { "\(sign)   \($0)" }
    }
    return lines("-", before) + lines("+", after)
  }
}
