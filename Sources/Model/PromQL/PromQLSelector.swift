/// The choice of series by their name and labels.
package struct PromQLSelector: Sendable {
  /// Where the samples of late versions' extended ranges come from.
  package enum Extension: String, Sendable {
    case anchored, smoothed
  }

  /// The name that stands before the braces.
  package let name: String?
  /// What stands between the braces, in order; a name in quotes is a matcher of `__name__`.
  package let matchers: [PromQLMatcher]
  /// How far back a range vector reaches; `nil` for an instant vector.
  package var window: PromQLSpan?
  package var modifiers = PromQLModifiers()
  package var extended: Extension?

  /// The metric's name, if it can be but one.
  package var metricName: String? {
    name ?? matchers.first { $0.label.text == PromQLMatcher.metricName && $0.comparison == .equal }?.value.text
  }
}
