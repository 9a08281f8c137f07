import ArgumentParser
import Foundation

/// `openmmt crd`: prints the CustomResourceDefinition.
struct CrdCommand: AsyncParsableCommand, OptionedCommand {
  static let name = "crd"
  static let options: [CommandOption] = []

  static let configuration = CommandConfiguration(
    commandName: name, abstract: "Print the CustomResourceDefinition of OpenMetricsRule, for kubectl apply.")

  func run() async throws {
    FileHandle.standardOutput.write(Data(OpenMetricsRuleDefinition.text.utf8))
  }
}
