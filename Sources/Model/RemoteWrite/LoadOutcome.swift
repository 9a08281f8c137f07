/// What became of a load: the merged outcome of its tenants.
package struct LoadOutcome: Sendable, Equatable {
  /// One a tenant.
  package var tenants: [TenantOutcome]

  package init(tenants: [TenantOutcome]) {
    self.tenants = tenants
  }

  /// What the sender is told.
  ///
  /// One sender speaks for many tenants, and hears one answer. A failure that trying again may mend
  /// comes first, since Prometheus keeps a load only after 5xx; a tenant that was chosen by a label and
  /// sends too much, or nonsense, does not hold up the others. Where there are no others, for nobody has taken
  /// anything, success would be a lie.
  package var answer: LoadAnswer {
    func count(_ severity: TenantOutcome.Severity) -> Int { tenants.count { $0.severity == severity } }

    if count(.unavailable) > 0 {
      let seconds = longestRetryAfter(of: .unavailable) ?? 1
      return LoadAnswer(status: 503, retryAfter: seconds, message: message)
    }
    let limitsDefault = tenants.contains { $0.isDefault && $0.severity == .rateLimited }
    let isLost = count(.delivered) == 0
    if limitsDefault || (isLost && count(.rateLimited) > 0) {
      return LoadAnswer(status: 429, retryAfter: longestRetryAfter(of: .rateLimited), message: message)
    }
    if isLost && count(.refused) > 0 {
      return LoadAnswer(status: 400, message: message)
    }
    return .success
  }

  /// In whole seconds, rounded up: coming too early would only be refused again.
  private func longestRetryAfter(of severity: TenantOutcome.Severity) -> Int? {
    tenants.filter { $0.severity == severity }.compactMap(\.retryAfter).max().map { duration in
      Int(duration.inSeconds.rounded(.up))
    }
  }

  private var message: String {
    let failed = tenants.filter { $0.severity != .delivered }
    // A stable order, so that equal failures are reported in equal words.
    let lines = failed.enumerated().sorted { left, right in
      (left.element.severity, left.offset) < (right.element.severity, right.offset)
    }
    return Self.joined(lines.map(\.element.line))
  }

  /// Whole lines as far as they fit; the first one is cut rather than left out.
  private static func joined(_ lines: [String]) -> String {
    var text = ""
    for line in lines {
      if text.isEmpty {
        text = line.beginning(upTo: LoadAnswer.maximumMessageLength - 1)
      } else if text.utf8.count + line.utf8.count + 2 <= LoadAnswer.maximumMessageLength {
        text += "\n" + line
      } else {
        break
      }
    }
    return text
  }
}
