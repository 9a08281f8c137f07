import ArgumentParser

/// `openmmt`: serves, unless another command is named.
struct RootCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "openmmt",
    abstract: "Writes the metrics of many tenants to Cortex or Mimir, each to whom it belongs.",
    discussion: """
      Every option can also be given as an environment variable: OPENMMT_ and its name in capitals with \
      underscores, such as OPENMMT_DEFAULT_TENANT_LIST. The command line wins.
      """,
    version: Version.current,
    subcommands: [ServeCommand.self, SandboxCommand.self],
    defaultSubcommand: ServeCommand.self)
}
