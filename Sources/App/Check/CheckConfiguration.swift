import Model
import Transport

/// The options of `openmmt check`, understood and checked.
struct CheckConfiguration {
  let paths: [String]
  let form: CheckReport.Form
  let failing: RuleVerdict.Finding.Severity
  let validator: RuleValidator

  /// - Throws: `UsageError` for the first value that makes no sense.
  init(_ options: CheckCommand) throws {
    let check = OptionCheck()
    guard !options.paths.isEmpty else { throw UsageError("check needs a file, a directory, or - for standard input") }
    paths = options.paths
    form = try check.choice(options.output, "output")
    failing = try check.choice(options.failOn, "fail-on")
    validator = try RuleValidator(
      options.validation, dialect: try check.choice(options.dialect, "dialect"), unknownFields: .error, check)
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
