import ArgumentParser
import Model

/// What both the informer and `openmmt check` can be told of how rules are checked.
struct ValidationOptions: ParsableArguments {
  @Option(
    help: """
      What is switched on in the ruler's PromQL, comma-separated, of \(PromQLFeatures.names.joined(separator: ", ")).
      """)
  var promqlFeatures: String?

  @Option(help: "What names may be: legacy or utf8.")
  var nameValidationScheme = "legacy"

  @Option(help: "The rules that the ruler takes in a group; without it, any number.")
  var maxRulesPerGroup: Int?

  @Option(help: "The groups that the ruler takes of a tenant; without it, any number.")
  var maxGroupsPerTenant: Int?

  @Flag(help: "Look for what is wrong only, and not for what is odd.")
  var noLint = false

  @Option(
    help: """
      Lints to leave out, comma-separated, of \(RuleCheck.lints.map(\.rawValue).joined(separator: ", ")).
      """)
  var disableLint: String?
}
