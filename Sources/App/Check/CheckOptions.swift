import ArgumentParser

/// What `openmmt check` can be told on the command line.
struct CheckOptions: ParsableArguments {
  @Argument(help: "Files, directories, or - for standard input.")
  var paths: [String] = []

  @Option(help: "The form of the report: human, json or github.")
  var output = "human"

  @Option(help: "The ruler's PromQL: cortex-1.21, mimir or prometheus-3.")
  var dialect = "cortex-1.21"

  @Option(help: "What is switched on in the ruler's PromQL, comma-separated: experimental-functions, ...")
  var promqlFeatures: String?

  @Option(help: "What names may be: legacy or utf8.")
  var nameValidationScheme = "legacy"

  @Option(help: "The rules that the ruler takes in a group; without it, any number.")
  var maxRulesPerGroup: Int?

  @Option(help: "The groups that the ruler takes of a tenant; without it, any number.")
  var maxGroupsPerTenant: Int?

  @Flag(help: "Look for what is wrong only, and not for what is odd.")
  var noLint = false

  @Option(help: "Lints to leave out, comma-separated.")
  var disableLint: String?

  @Option(help: "What counts as a failure: error or warning.")
  var failOn = "error"
}
