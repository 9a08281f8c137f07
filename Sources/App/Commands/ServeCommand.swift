import ArgumentParser
import Logging
import Model
import ServiceLifecycle
import Transport

/// `openmmt serve`: plays the roles until SIGTERM or SIGINT.
struct ServeCommand: AsyncParsableCommand, OptionedCommand {
  static let name = "serve"
  static let options = ServeOptions.groups.flatMap { CommandOption.all(of: $0) }

  static let configuration = CommandConfiguration(
    commandName: name,
    abstract: "Forward remote write to each tenant, and keep rules in step with the ruler. The default.",
    discussion: """
      The proxy takes remote write and forwards every series to the tenant that a label of it names. The informer keeps \
      rules in step between OpenMetricsRule resources and the ruler of Cortex or Mimir. Without --role both are played, \
      the informer only where a rule store is configured: --rules-directory, or Kubernetes by \
      --kubernetes-poll-interval-seconds, --kubeconfig or --kubernetes-context.
      """)

  @OptionGroup var options: ServeOptions

  func run() async throws {
    let lifecycle = await Lifecycle()
    FileDescriptorLimit.raise()
    var configuration = try ServeConfiguration(options)
    let logger = Logging.start(options.process.logLevel)
    let time = SystemTime()
    var services: [any Service] = []
    if let port = configuration.sandboxPort {
      let sandbox = try await SandboxServer(host: "127.0.0.1", port: port, time: time, logger: logger)
      configuration.send(everythingTo: sandbox)
      services.append(sandbox)
    }
    let assembly = try await ServeAssembly(configuration, time: time, logger: logger)
    try await lifecycle.run(services + assembly.services, logger: logger)
  }
}
