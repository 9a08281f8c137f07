import ArgumentParser

/// What the sandbox can be told on the command line.
struct SandboxOptions: ParsableArguments {
  @Option(help: "The address to listen on, IPv4 or IPv6.")
  var interface = "127.0.0.1"

  @Option(help: "The port to listen on; 0 lets the system choose one.")
  var port = 19193

  @Option(help: "What is logged: trace, debug, info, notice, warning, error or critical.")
  var logLevel = LogLevel.info
}
