import ArgumentParser

/// What `openmmt check` can be told on the command line.
struct CheckOptions: ParsableArguments {
  @Argument(help: "Files, directories, or - for standard input.")
  var paths: [String] = []

  @Option(help: "The form of the report: human, json or github.")
  var output = "human"

  @Option(help: "The ruler's PromQL: cortex-1.21, mimir or prometheus-3.")
  var dialect = "cortex-1.21"

  @Option(help: "What counts as a failure: error or warning.")
  var failOn = "error"

  @OptionGroup var validation: ValidationOptions

  /// The groups of options, for whoever has to know what options there are.
  static var groups: [any ParsableArguments] { [CheckOptions(), ValidationOptions()] }
}
