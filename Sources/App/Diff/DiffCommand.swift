import Actors
import ArgumentParser
import Logging
import Model
import ServiceLifecycle
import Transport

/// `openmmt diff`: says what an informer with the same options would do, and does nothing.
struct DiffCommand: AsyncParsableCommand, OptionedCommand {
  static let name = "diff"
  static let options = CommandOption.all(
    of: RuleStoreOptions(), InformerOptions(), RulerOptions(), ValidationOptions(), DiffCommand())

  static let configuration = CommandConfiguration(
    commandName: name, abstract: "Print what an informer would change, rule by rule, and change nothing.",
    discussion: """
      Ends with 0 where everything is in step, with 1 where something differs, and with 2 where a side could not be \
      read. + is what comes, - what goes, ~ what changes, and ^ a rule that stands elsewhere.
      """)

  @OptionGroup(title: "Where rules are") var store: RuleStoreOptions
  @OptionGroup(title: "The informer") var informer: InformerOptions
  @OptionGroup(title: "The ruler") var ruler: RulerOptions
  @OptionGroup(title: "Checks of rules") var validation: ValidationOptions

  @Option(help: "What is logged: trace, debug, info, notice, warning, error or critical.")
  var logLevel = LogLevel.warning

  func run() async throws {
    let configuration = try DiffConfiguration(self)
    let report = try await configuration.report(logger: Logging.start(logLevel))
    try StandardStream.output.write(report.text)
    let code: Int32 = report.hasProblems ? 2 : report.hasDifferences ? 1 : 0
    if code != 0 { throw ExitCode(code) }
  }
}
