import Actors
import Model
import Transport

/// What encrypts the ports and decides who may use them, and the files that it is made of.
struct ListenerSecurity {
  /// `nil` where the ports are not encrypted.
  let tls: TLSContextStore?
  /// `nil` where anybody may do anything.
  private let authenticator: Authenticator?
  private let protectsMetrics: Bool
  /// To be read again when they change.
  let watched: [any WatchedFiles]

  /// Reads the files.
  ///
  /// - Throws: `UsageError` for the first that is not in order.
  init(_ configuration: SecurityConfiguration) throws {
    do {
      tls = try configuration.tls.map { configuration in try TLSContextStore(configuration) }
      let credentials: [any WatchedFiles]
      (authenticator, credentials) = try Self.authenticator(configuration)
      watched = credentials + (tls.map { [$0] } ?? [])
    } catch {
      throw UsageError("\(error)")
    }
    protectsMetrics = configuration.protectsMetrics
  }

  /// Who may do what; `nil` where anybody may do anything.
  ///
  /// - Parameter protectsSubmissions: whether what is posted needs permission.
  func access(protectsSubmissions: Bool) -> AccessPolicy? {
    authenticator.map {
      AccessPolicy(authenticator: $0, protectsSubmissions: protectsSubmissions, protectsMetrics: protectsMetrics)
    }
  }

  private static func authenticator(
    _ configuration: SecurityConfiguration
  ) throws -> (Authenticator?, [any WatchedFiles]) {
    let authenticator = Authenticator(verifier: CryptPasswords(), digest: ProcessSecretDigest())
    var files: [any WatchedFiles] = []
    if let file = configuration.bearerTokenFile { files.append(BearerTokens(file: file, authenticator: authenticator)) }
    if let file = configuration.basicAuthFile { files.append(Passwords(file: file, authenticator: authenticator)) }
    guard !files.isEmpty else { return (nil, []) }
    for file in files { try file.reload() }
    return (authenticator, files)
  }
}
