/// What is known of a valid pattern without matching anything.
package struct RE2Facts: Sendable, Equatable {
  /// Whether the pattern, anchored at both ends as matchers are, matches the empty string.
  package var matchesEmpty: Bool
  /// Whether it begins with `^` or `\A`, in one of its alternatives at least. A matcher is anchored anyway.
  package var startsWithAnchor: Bool
  /// Whether it ends with `$` or `\z`, in one of its alternatives at least.
  package var endsWithAnchor: Bool
  /// Whether it matches one string only, so that `=` would do.
  package var isLiteral: Bool

  /// Whether it has an anchor that changes nothing.
  package var hasRedundantAnchors: Bool { startsWithAnchor || endsWithAnchor }
}
