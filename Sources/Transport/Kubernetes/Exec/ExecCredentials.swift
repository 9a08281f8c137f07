internal import Glibc
internal import Model

/// Credentials that a program makes, kept until they expire or are refused.
actor ExecCredentials: KubernetesCredentials {
  private let plugin: ExecPlugin
  private let environment: [String: String]
  private let time: any TimeSource
  private let timeout: Duration
  private let hasTerminal: @Sendable () -> Bool
  private var known: ExecCredential?
  private var running: Task<Result<ExecCredential, KubernetesFailure>, Never>?

  /// - Parameters:
  ///   - environment: of this process.
  ///   - timeout: how long the program may take; a person may have to be asked.
  ///   - hasTerminal: whether there is a person to be asked.
  init(
    plugin: ExecPlugin, environment: [String: String], time: any TimeSource, timeout: Duration = .seconds(60),
    hasTerminal: @escaping @Sendable () -> Bool = { isatty(STDIN_FILENO) == 1 }
  ) {
    self.plugin = plugin
    self.environment = environment
    self.time = time
    self.timeout = timeout
    self.hasTerminal = hasTerminal
  }

  func current() async throws(KubernetesFailure) -> KubernetesCredential {
    if let known, known.expires.map({ time.secondsSince1970 < $0 }) ?? true { return known.credential }
    // One run for everybody who waits. It is not ended with the one who asked first, for others wait for it.
    let task = running ?? Task { await self.run() }
    running = task
    let result = await task.value
    if running == task {
      running = nil
      known = try? result.get()
    }
    return try result.get().credential
  }

  func refused(_ credential: KubernetesCredential) async {
    if known?.credential == credential { known = nil }
  }

  private func run() async -> Result<ExecCredential, KubernetesFailure> {
    do throws(KubernetesConfigurationError) {
      return .success(try await makeCredential())
    } catch {
      return .failure(KubernetesFailure(.unauthorized, "credentials from \(plugin.command): \(error)"))
    }
  }

  private func makeCredential() async throws(KubernetesConfigurationError) -> ExecCredential {
    let isInteractive = plugin.interactiveMode != .never && hasTerminal()
    if plugin.interactiveMode == .always, !isInteractive {
      throw KubernetesConfigurationError("it has to ask a person, and there is no terminal")
    }
    var environment = environment.merging(plugin.environment) { $1 }
    environment["KUBERNETES_EXEC_INFO"] = ExecCredential.request(for: plugin, isInteractive: isInteractive)
    let program = Subprocess(
      command: plugin.command, arguments: plugin.arguments, environment: environment, inheritsInput: isInteractive,
      timeout: timeout)
    let outcome: Subprocess.Outcome
    do {
      outcome = try await program.run()
    } catch {
      if case .notStarted(_, ENOENT, _) = error, !plugin.installHint.isEmpty {
        throw KubernetesConfigurationError("\(error). \(plugin.installHint)")
      }
      if case .timeout(let errorOutput) = error {
        throw KubernetesConfigurationError("\(error): \(Self.end(of: errorOutput))")
      }
      throw KubernetesConfigurationError("\(error)")
    }
    guard outcome.code == 0 else {
      throw KubernetesConfigurationError("exit code \(outcome.code): \(Self.end(of: outcome.errorOutput))")
    }
    return try ExecCredential(output: outcome.output, apiVersion: plugin.apiVersion)
  }

  /// What a program said last, in one line.
  private static func end(of errorOutput: [UInt8]) -> String {
    String(decoding: errorOutput.suffix(512), as: UTF8.self).split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
