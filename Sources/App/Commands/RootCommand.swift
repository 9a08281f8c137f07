import ArgumentParser

/// `openmmt`: serves, unless another command is named.
struct RootCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "openmmt",
    abstract: "Keeps the metrics and the rules of many tenants apart on their way to Cortex or Mimir.",
    discussion: """
      Every option can also be given as an environment variable: OPENMMT_ and its name in capitals with \
      underscores, such as OPENMMT_DEFAULT_TENANT_LIST. The command line wins.
      """,
    version: Version.current,
    subcommands: commands,
    defaultSubcommand: ServeCommand.self)

  private static let commands: [any OptionedCommand.Type] = [
    ServeCommand.self, DiffCommand.self, CheckCommand.self, CrdCommand.self, SandboxCommand.self,
  ]

  /// The command of this name.
  static func named(_ name: String?) -> (any OptionedCommand.Type)? {
    commands.first { $0.name == name }
  }
}
