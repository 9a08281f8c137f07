import ArgumentParser
import Transport

/// `openmmt crd`: prints the CustomResourceDefinition.
struct CrdCommand: AsyncParsableCommand, OptionedCommand {
  static let name = "crd"
  static let options: [CommandOption] = []

  static let configuration = CommandConfiguration(
    commandName: name, abstract: "Print the CustomResourceDefinition of OpenMetricsRule, for kubectl apply.")

  func run() async throws {
    try StandardStream.output.write(OpenMetricsRuleDefinition.text)
  }
}
