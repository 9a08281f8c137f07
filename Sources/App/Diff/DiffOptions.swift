import ArgumentParser

/// What `openmmt diff` can be told on the command line.
struct DiffOptions: ParsableArguments {
  @OptionGroup(title: "Where rules are") var store: RuleStoreOptions
  @OptionGroup(title: "The informer") var informer: InformerOptions
  @OptionGroup(title: "The ruler") var ruler: RulerOptions
  @OptionGroup(title: "Checks of rules") var validation: ValidationOptions
  @OptionGroup(title: "The command") var command: CommandOptions

  /// What is left to say.
  struct CommandOptions: ParsableArguments {
    @Option(help: "What is logged: trace, debug, info, notice, warning, error or critical.")
    var logLevel = LogLevel.warning
  }

  /// The groups above, for whoever has to know what options there are.
  static var groups: [any ParsableArguments] {
    [RuleStoreOptions(), InformerOptions(), RulerOptions(), ValidationOptions(), CommandOptions()]
  }
}
