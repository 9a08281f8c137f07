/// Options given as environment variables: `OPENMMT_` and the option's name in capitals with
/// underscores. A flag is given where its variable is `true`, `1`, `yes` or `on`. The original kit's variables
/// count where there is none of these. What Kubernetes sets to tell of a Service is no option.
struct EnvironmentArguments {
  private static let prefix = "OPENMMT_"

  /// The variables of the original kit, by the option that they stand for.
  private static let originals = [
    "proxy-namespace": "OPEN_METRICS_PROXY_NAMESPACE", "informer-namespace": "OPEN_METRICS_INFORMER_NAMESPACE",
  ]

  private let variables: [String: String]

  init(_ environment: [String: String]) {
    variables = environment.filter { !$0.value.isEmpty && !Self.isServiceLink($0.key, $0.value) }
  }

  /// Whether it is Kubernetes that has set the variable: for a Service named `openmmt`, every pod of its namespace gets
  /// `OPENMMT_PORT=tcp://10.0.0.1:19093`.
  private static func isServiceLink(_ name: String, _ value: String) -> Bool {
    name.hasSuffix("_PORT") && ["tcp://", "udp://", "sctp://"].contains { value.hasPrefix($0) }
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
    let options = RootCommand.named(words.first)?.options ?? ServeCommand.options
    return options.compactMap { option in
      guard !Self.isGiven(option, in: words), let variable = variable(of: option) else { return nil }
      return Applicable(option: option, variable: variable)
    }
    .sorted { $0.variable.name < $1.variable.name }
  }

  private func variable(of option: CommandOption) -> (name: String, value: String)? {
    let name = Self.prefix + option.name.uppercased().replacing("-", with: "_")
    return [name, Self.originals[option.name]].lazy.compactMap { name in
      name.flatMap { name in variables[name].map { (name: name, value: $0) } }
    }.first
  }

  private static func isGiven(_ option: CommandOption, in words: [String]) -> Bool {
    words.contains { $0 == "--\(option.name)" || $0.hasPrefix("--\(option.name)=") }
  }

  private static func arguments(_ applicable: Applicable) -> [String] {
    let name = "--\(applicable.option.name)"
    // In one word: a value may begin with a dash.
    guard applicable.option.isFlag else { return ["\(name)=\(applicable.variable.value)"] }
    return ["true", "1", "yes", "on"].contains(applicable.variable.value.lowercased()) ? [name] : []
  }

  /// The command's name, where the first word is one, and the rest.
  private static func split(_ words: [String]) -> (command: [String], rest: [String]) {
    guard let first = words.first, RootCommand.named(first) != nil else { return ([], words) }
    return ([first], Array(words.dropFirst()))
  }
}
