import ArgumentParser
import Logging
import Model
import ServiceLifecycle
import Transport

/// `openmmt serve`: plays the roles until SIGTERM or SIGINT.
struct ServeCommand: AsyncParsableCommand, OptionedCommand {
  static let name = "serve"
  static let options = CommandOption.all(
    of: ProcessOptions(), ListenerOptions(), ProxyOptions(), RuleStoreOptions(), InformerOptions(), RulerOptions(),
    ValidationOptions())

  static let configuration = CommandConfiguration(
    commandName: name,
    abstract: "Forward remote write to each tenant, and keep rules in step with the ruler. The default.",
    discussion: """
      The proxy takes remote write and forwards every series to the tenant that a label of it names. The informer keeps \
      rules in step between OpenMetricsRule resources and the ruler of Cortex or Mimir. Without --role both are played, \
      the informer only where a rule store is configured: --rules-directory, or Kubernetes by \
      --kubernetes-poll-interval-seconds, --kubeconfig or --kubernetes-context.
      """)

  // Not in a group of groups: each level makes the parser's own checks, in debug builds, take five times as long.
  @OptionGroup(title: "The process") var process: ProcessOptions
  @OptionGroup(title: "Listening") var listener: ListenerOptions
  @OptionGroup(title: "The proxy") var proxy: ProxyOptions
  @OptionGroup(title: "Where rules are") var store: RuleStoreOptions
  @OptionGroup(title: "The informer") var informer: InformerOptions
  @OptionGroup(title: "The ruler") var ruler: RulerOptions
  @OptionGroup(title: "Checks of rules") var validation: ValidationOptions

  func run() async throws {
    let lifecycle = await Lifecycle()
    FileDescriptorLimit.raise()
    var configuration = try ServeConfiguration(self)
    let logger = Logging.start(process.logLevel)
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
