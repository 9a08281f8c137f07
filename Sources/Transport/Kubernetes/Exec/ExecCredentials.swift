internal import Glibc
internal import Model

/// Credentials that a program makes, kept until they expire or are refused.
actor ExecCredentials: KubernetesCredentials {
  private static let timeout = Duration.seconds(60)

  private let plugin: ExecPlugin
  private let environment: [String: String]
  private let time: any TimeSource
  private var known: ExecCredential?
  private var running: Task<Result<ExecCredential, KubernetesFailure>, Never>?

  /// - Parameter environment: of this process.
  init(plugin: ExecPlugin, environment: [String: String], time: any TimeSource) {
    self.plugin = plugin
    self.environment = environment
    self.time = time
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
    let isInteractive = plugin.interactiveMode != .never && isatty(STDIN_FILENO) == 1
    if plugin.interactiveMode == .always, !isInteractive {
      throw KubernetesConfigurationError("it has to ask a person, and there is no terminal")
    }
    var environment = environment.merging(plugin.environment) { $1 }
    environment["KUBERNETES_EXEC_INFO"] = ExecCredential.request(for: plugin, isInteractive: isInteractive)
    let program = Subprocess(
      command: plugin.command, arguments: plugin.arguments, environment: environment, inheritsInput: isInteractive,
      timeout: Self.timeout)
    let outcome: Subprocess.Outcome
    do {
      outcome = try await program.run()
    } catch {
      if case .notStarted(_, ENOENT, _) = error, !plugin.installHint.isEmpty {
        throw KubernetesConfigurationError("\(error). \(plugin.installHint)")
      }
      throw KubernetesConfigurationError("\(error)")
    }
    guard outcome.code == 0 else {
      let said = String(decoding: outcome.errorOutput.suffix(512), as: UTF8.self).split(whereSeparator: \.isNewline)
      throw KubernetesConfigurationError("exit code \(outcome.code): \(said.joined(separator: " "))")
    }
    return try ExecCredential(output: outcome.output, apiVersion: plugin.apiVersion)
  }
}
