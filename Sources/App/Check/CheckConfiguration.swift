import Model
import Transport

/// The options of `openmmt check`, understood and checked.
struct CheckConfiguration {
  let paths: [String]
  let form: CheckReport.Form
  let failing: RuleVerdict.Finding.Severity
  let validator: RuleValidator

  /// - Throws: `UsageError` for the first value that makes no sense.
  init(_ options: CheckOptions) throws {
    let check = OptionCheck()
    guard !options.paths.isEmpty else { throw UsageError("check needs a file, a directory, or - for standard input") }
    paths = options.paths
    form = try check.choice(options.output, "output")
    failing = try check.choice(options.failOn, "fail-on")
    validator = RuleValidator(
      dialect: try check.choice(options.dialect, "dialect"),
      features: try options.promqlFeatures.map { try Self.features(check.list($0)) },
      namingScheme: try check.choice(options.nameValidationScheme, "name-validation-scheme"),
      limits: RuleLimits(rulesPerGroup: options.maxRulesPerGroup, groupsPerTenant: options.maxGroupsPerTenant),
      lints: options.noLint ? [] : try Self.lints(without: check.list(options.disableLint ?? "")),
      unknownFields: .error)
    if let limit = options.maxRulesPerGroup { try check.positive(limit, "max-rules-per-group") }
    if let limit = options.maxGroupsPerTenant { try check.positive(limit, "max-groups-per-tenant") }
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

  /// Looks at everything.
  ///
  /// - Throws: `UsageError` where a path cannot be read.
  func check() async throws -> CheckReport {
    let inputs = try CheckInput.read(paths)
    let checks = await withTaskGroup(of: (Int, RuleFileCheck).self) { group in
      for (index, input) in inputs.enumerated() {
        group.addTask { [validator] in
          (index, RuleFileCheck(name: input.name, text: input.text, reader: YAMLReader(), validator: validator))
        }
      }
      return await group.reduce(into: [Int: RuleFileCheck]()) { $0[$1.0] = $1.1 }
    }
    let files = inputs.indices.compactMap { index in
      // What was found in a directory and is no rules is somebody else's.
      checks[index].flatMap { $0.hasRules || $0.unusable != nil || !inputs[index].wasFound ? $0 : nil }
    }
    return CheckReport(RuleSetCheck(files, limits: validator.limits).files)
  }
}
