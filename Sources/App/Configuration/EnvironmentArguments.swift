/// Options given as environment variables: `OPENMMT_` and the option's name in capitals with
/// underscores. A flag is given where its variable is `true`, `1`, `yes` or `on`.
struct EnvironmentArguments {
  private static let prefix = "OPENMMT_"

  private let variables: [(name: String, value: String)]

  init(_ environment: [String: String]) {
    variables = environment.filter { $0.key.hasPrefix(Self.prefix) && !$0.value.isEmpty }
      .sorted { $0.key < $1.key }
      .map { (name: $0.key, value: $0.value) }
  }

  /// The arguments with those from the environment that belong to the command and are not given.
  func merged(into words: [String]) -> [String] {
    let (command, rest) = Self.split(words)
    return command + applicable(to: words).flatMap(Self.arguments) + rest
  }

  /// The variables that count for these arguments.
  func names(in words: [String]) -> [String] {
    applicable(to: words).map(\.variable.name)
  }

  private struct Applicable {
    var option: CommandOption
    var variable: (name: String, value: String)
  }

  private func applicable(to words: [String]) -> [Applicable] {
    let options = Self.split(words).command.first == SandboxCommand.name ? SandboxCommand.options : ServeCommand.options
    return variables.compactMap { variable in
      let name = variable.name.dropFirst(Self.prefix.count).lowercased().replacing("_", with: "-")
      guard let option = options.first(where: { $0.name == name }), !Self.isGiven(option, in: words) else { return nil }
      return Applicable(option: option, variable: variable)
    }
  }

  private static func isGiven(_ option: CommandOption, in words: [String]) -> Bool {
    words.contains { $0 == "--\(option.name)" || $0.hasPrefix("--\(option.name)=") }
  }

  private static func arguments(_ applicable: Applicable) -> [String] {
    let name = "--\(applicable.option.name)"
    guard applicable.option.isFlag else { return [name, applicable.variable.value] }
    return ["true", "1", "yes", "on"].contains(applicable.variable.value.lowercased()) ? [name] : []
  }

  /// The command's name, where the first word is one, and the rest.
  private static func split(_ words: [String]) -> (command: [String], rest: [String]) {
    guard let first = words.first, [ServeCommand.name, SandboxCommand.name].contains(first) else { return ([], words) }
    return ([first], Array(words.dropFirst()))
  }
}
