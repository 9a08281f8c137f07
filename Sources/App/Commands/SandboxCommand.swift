import ArgumentParser
import Logging
import Model
import Transport

/// `openmmt sandbox`: an in-memory stand-in for Cortex until SIGTERM or SIGINT.
struct SandboxCommand: AsyncParsableCommand, OptionedCommand {
  static let name = "sandbox"
  static let options = CommandOption.all(of: SandboxCommand())

  static let configuration = CommandConfiguration(
    commandName: name, abstract: "Run an in-memory stand-in for Cortex, for trying out and for tests.")

  @Option(help: "The address to listen on, IPv4 or IPv6.")
  var interface = "127.0.0.1"

  @Option(help: "The port to listen on; 0 lets the system choose one.")
  var port = 19193

  @Option(help: "What is logged: trace, debug, info, notice, warning, error or critical.")
  var logLevel = LogLevel.info

  func run() async throws {
    let lifecycle = await Lifecycle()
    FileDescriptorLimit.raise()
    try OptionCheck().range(0...65535, port, "port")
    let logger = Logging.start(logLevel)
    let sandbox = try await SandboxServer(
      host: interface, port: port, time: SystemTime(), logger: logger)
    try await lifecycle.run([sandbox], logger: logger)
  }
}
