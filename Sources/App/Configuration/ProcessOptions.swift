import ArgumentParser

/// What a process that serves can be told on the command line, whatever its role.
struct ProcessOptions: ParsableArguments {
  @Option(help: "The role to play, proxy or informer. Without it both; the informer only where rules are kept.")
  var role: Role?

  @Flag(help: "Run the sandbox, an in-memory stand-in for Cortex, and use it as every upstream.")
  var sandbox = false

  @Option(help: "The port of that sandbox; 0 lets the system choose one.")
  var sandboxPort = 19193

  @Option(help: "How long the requests in work may take after SIGTERM.")
  var drainTimeoutSeconds = 15.0

  @Option(help: "What is logged: trace, debug, info, notice, warning, error or critical.")
  var logLevel = LogLevel.info
}
