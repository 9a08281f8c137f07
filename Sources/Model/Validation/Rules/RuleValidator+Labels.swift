extension RuleValidator {
  /// Whether a rule or a group may set this label.
  func allowsLabel(_ name: String) -> Bool {
    namingScheme.allowsLabel(name) && name != PromQLMatcher.metricName
  }

  var labelAdvice: String {
    switch namingScheme {
    case .legacy: "use letters, digits and underscores, and not __name__"
    case .utf8: "use any name but __name__"
    }
  }
}
