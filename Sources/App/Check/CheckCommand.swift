import ArgumentParser
import Model
import Transport

/// `openmmt check`: looks at files with rules as a ruler would, before one does.
struct CheckCommand: AsyncParsableCommand, OptionedCommand {
  static let name = "check"
  static let options = CheckOptions.groups.flatMap { CommandOption.all(of: $0) }

  static let configuration = CommandConfiguration(
    commandName: name, abstract: "Check rule files and OpenMetricsRule resources.",
    discussion: """
      Ends with 0 where nothing is wrong, with 1 for findings, and with 2 for input that cannot be used. Warnings are \
      shown, and count with --fail-on warning.
      """)

  @OptionGroup var options: CheckOptions

  func run() async throws {
    let configuration = try CheckConfiguration(options)
    let report = try await configuration.check()
    try StandardStream.output.write(report.written(as: configuration.form))
    let code: Int32 = report.isUnusable ? 2 : report.fails(on: configuration.failing) ? 1 : 0
    if code != 0 { throw ExitCode(code) }
  }
}
