import ArgumentParser

/// What `openmmt serve` can be told on the command line.
struct ServeOptions: ParsableArguments {
  @OptionGroup(title: "The process") var process: ProcessOptions
  @OptionGroup(title: "Listening") var listener: ListenerOptions
  @OptionGroup(title: "The proxy") var proxy: ProxyOptions
  @OptionGroup(title: "Where rules are") var store: RuleStoreOptions
  @OptionGroup(title: "The informer") var informer: InformerOptions
  @OptionGroup(title: "The ruler") var ruler: RulerOptions
  @OptionGroup(title: "Checks of rules") var validation: ValidationOptions

  /// The groups above, for whoever has to know what options there are.
  static var groups: [any ParsableArguments] {
    [
      ProcessOptions(), ListenerOptions(), ProxyOptions(), RuleStoreOptions(), InformerOptions(), RulerOptions(),
      ValidationOptions(),
    ]
  }
}
