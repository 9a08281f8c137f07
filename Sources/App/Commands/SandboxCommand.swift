import ArgumentParser
import Logging
import Model
import Transport

/// `openmmt sandbox`: an in-memory stand-in for Cortex until SIGTERM or SIGINT.
struct SandboxCommand: AsyncParsableCommand, OptionedCommand {
  static let name = "sandbox"
  static let options = CommandOption.all(of: SandboxOptions())

  static let configuration = CommandConfiguration(
    commandName: name, abstract: "Run an in-memory stand-in for Cortex, for trying out and for tests.")

  @OptionGroup var options: SandboxOptions

  func run() async throws {
    let lifecycle = await Lifecycle()
    FileDescriptorLimit.raise()
    try OptionCheck().range(0...65535, options.port, "port")
    let logger = Logging.start(options.logLevel)
    let sandbox = try await SandboxServer(
      host: options.interface, port: options.port, time: SystemTime(), logger: logger)
    try await lifecycle.run([sandbox], logger: logger)
  }
}
