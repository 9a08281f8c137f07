import ArgumentParser
import Logging
import Model
import ServiceLifecycle
import Transport

/// `openmmt serve`: plays the roles until SIGTERM or SIGINT.
struct ServeCommand: AsyncParsableCommand {
  static let name = "serve"
  static let options = CommandOption.all(of: ProxyOptions())

  static let configuration = CommandConfiguration(
    commandName: name, abstract: "Receive remote write and forward it to each tenant. The default.")

  @OptionGroup var options: ProxyOptions

  func run() async throws {
    let lifecycle = await Lifecycle()
    FileDescriptorLimit.raise()
    let logger = Logging.start(options.logLevel)
    let time = SystemTime()
    var options = options
    var services: [any Service] = []
    if options.sandbox {
      let sandbox = try await SandboxServer(host: "127.0.0.1", port: options.sandboxPort, time: time, logger: logger)
      options.ingesterUpstreamUrl = sandbox.pushURL
      services.append(sandbox)
    }
    let proxy = try await ProxyAssembly(ProxyConfiguration(options), time: time, logger: logger)
    try await lifecycle.run(services + proxy.services, logger: logger)
  }
}
