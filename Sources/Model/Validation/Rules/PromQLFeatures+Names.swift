extension PromQLFeatures {
  private static let byName: [(name: String, feature: PromQLFeatures)] = [
    ("experimental-functions", .experimentalFunctions), ("duration-expressions", .durationExpressions),
    ("extended-range-selectors", .extendedRangeSelectors), ("fill-modifiers", .fillModifiers),
  ]

  /// What the features are called on the command line.
  package static var names: [String] { byName.map(\.name) }

  /// - Returns: `nil` where no feature has the name.
  package init?(name: String) {
    guard let feature = Self.byName.first(where: { $0.name == name })?.feature else { return nil }
    self = feature
  }
}
