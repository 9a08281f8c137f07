import Model

extension RuleValidator {
  /// The validator that the options ask for.
  ///
  /// - Parameters:
  ///   - dialect: the ruler's PromQL.
  ///   - unknownFields: how a field is taken that the ruler does not know.
  /// - Throws: `UsageError` for the first value that makes no sense.
  init(
    _ options: ValidationOptions, dialect: PromQLDialect, unknownFields: RuleVerdict.Finding.Severity,
    _ check: OptionCheck
  ) throws(UsageError) {
    if let limit = options.maxRulesPerGroup { try check.positive(limit, "max-rules-per-group") }
    if let limit = options.maxGroupsPerTenant { try check.positive(limit, "max-groups-per-tenant") }
    var features: PromQLFeatures?
    if let names = options.promqlFeatures { features = try Self.features(check.list(names)) }
    self.init(
      dialect: dialect, features: features,
      namingScheme: try check.choice(options.nameValidationScheme, "name-validation-scheme"),
      limits: RuleLimits(rulesPerGroup: options.maxRulesPerGroup, groupsPerTenant: options.maxGroupsPerTenant),
      lints: options.noLint ? [] : try Self.lints(without: check.list(options.disableLint ?? "")),
      unknownFields: unknownFields)
  }

  private static func features(_ names: [String]) throws(UsageError) -> PromQLFeatures {
    var features: PromQLFeatures = []
    for name in names {
      guard let feature = PromQLFeatures(name: name) else {
        let known = PromQLFeatures.names.joined(separator: ", ")
        throw UsageError("--promql-features: \(name) is none of \(known)")
      }
      features.insert(feature)
    }
    return features
  }

  private static func lints(without names: [String]) throws(UsageError) -> Set<RuleCheck> {
    var lints = Set(RuleCheck.lints)
    for name in names {
      guard let lint = RuleCheck(rawValue: name), lints.remove(lint) != nil else {
        let known = RuleCheck.lints.map(\.rawValue).joined(separator: ", ")
        throw UsageError("--disable-lint: \(name) is none of \(known)")
      }
    }
    return lints
  }
}
