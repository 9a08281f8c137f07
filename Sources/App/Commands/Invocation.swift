import ArgumentParser
import FoundationEssentials
import Transport

/// How the program was called: its name, its arguments and its environment.
struct Invocation {
  /// What the program ends with where a command does not run to its end.
  struct End: Equatable {
    var message: String
    var code: Int32
  }

  /// Under these names the original kit's programs were called; each takes its role.
  private static let rolesByName = [
    "open-metrics-multi-tenancy-proxy": Role.proxy, "open-metrics-multi-tenancy-informer": .informer,
  ]

  private let words: [String]
  private let environmentWords: EnvironmentArguments

  init(arguments: [String], environment: [String: String]) {
    let name = arguments.first.map { URL(fileURLWithPath: $0).lastPathComponent } ?? ""
    let given = Array(arguments.dropFirst())
    words = Self.rolesByName[name].map { Self.playing($0, given) } ?? given
    environmentWords = EnvironmentArguments(environment)
  }

  /// The arguments with the role, which belongs to one command and stands behind its name.
  private static func playing(_ role: Role, _ words: [String]) -> [String] {
    switch words.first {
    case ServeCommand.name: [ServeCommand.name, "--role", role.rawValue] + words.dropFirst()
    case let name where RootCommand.named(name) != nil: words
    default: ["--role", role.rawValue] + words
    }
  }

  /// The command that is asked for.
  ///
  /// - Throws: what is wrong with the arguments, or a request for help.
  func command() throws -> any ParsableCommand {
    try RootCommand.parseAsRoot(environmentWords.merged(into: words))
  }

  /// What is said, and the code of the process: 0 for help, 2 for what was asked for wrongly, 1 for what
  /// went wrong then.
  func end(for error: any Error) -> End {
    // The command has said all there is to say.
    if let code = error as? ExitCode { return End(message: "", code: code.rawValue) }
    if let error = error as? UsageError { return End(message: "error: \(error)", code: 2) }
    // 1 is what was found, for commands that look for something.
    if error is StandardStreamError { return End(message: "error: \(error)", code: 2) }
    if RootCommand.exitCode(for: error) == .success {
      return End(message: RootCommand.message(for: error), code: 0)
    }
    guard RootCommand.exitCode(for: error) == .validationFailure else {
      return End(message: "error: \(error)", code: 1)
    }
    let message = RootCommand.message(for: error).split(separator: "\n").joined(separator: " ")
    let origin = environmentWords.names(in: words)
    let hint = origin.isEmpty ? "" : " (from the environment: \(origin.joined(separator: ", ")))"
    return End(message: "error: \(message)\(hint)", code: 2)
  }
}
