import ArgumentParser
import Model
import Transport

/// `openmmt check`: looks at files with rules as a ruler would, before one does.
struct CheckCommand: AsyncParsableCommand, OptionedCommand {
  static let name = "check"
  static let options = CommandOption.all(of: CheckCommand(), ValidationOptions())

  static let configuration = CommandConfiguration(
    commandName: name, abstract: "Check rule files, OpenMetricsRule and PrometheusRule resources.",
    discussion: """
      Ends with 0 where nothing is wrong, with 1 for findings, and with 2 for input that cannot be used. Warnings are \
      shown, and count with --fail-on warning.
      """)

  @Argument(help: "Files, directories, or - for standard input.")
  var paths: [String] = []

  @Option(help: "The form of the report: human, json or github.")
  var output = "human"

  @Option(help: "The ruler's PromQL: cortex-1.21, mimir or prometheus-3.")
  var dialect = "cortex-1.21"

  @Option(help: "What counts as a failure: error or warning.")
  var failOn = "error"

  @OptionGroup var validation: ValidationOptions

  func run() async throws {
    let configuration = try CheckConfiguration(self)
    let report = try await configuration.check()
    try StandardStream.output.write(report.written(as: configuration.form))
    let code: Int32 = report.isUnusable ? 2 : report.fails(on: configuration.failing) ? 1 : 0
    if code != 0 { throw ExitCode(code) }
  }
}
