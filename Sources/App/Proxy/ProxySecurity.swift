import Actors
import Model
import Transport

/// The parts of the proxy that encrypt its port and decide who may use it, and the files that they and the
/// way to the upstream are made of.
struct ProxySecurity {
  /// `nil` where the port is not encrypted.
  let tls: TLSContextStore?
  /// `nil` where anybody may do anything.
  let access: AccessPolicy?
  /// To be read again when they change.
  let watched: [any WatchedFiles]

  /// Reads the files.
  ///
  /// - Throws: `UsageError` for the first that is not in order.
  init(_ configuration: ProxyConfiguration) throws {
    do {
      tls = try configuration.security.tls.map { configuration in try TLSContextStore(configuration) }
      let credentials: [any WatchedFiles]
      (access, credentials) = try Self.access(configuration.security)
      let others: [(any WatchedFiles)?] = [tls, configuration.upstream.authorization]
      watched = credentials + others.compactMap { $0 }
    } catch {
      throw UsageError("\(error)")
    }
  }

  private static func access(
    _ configuration: SecurityConfiguration
  ) throws -> (AccessPolicy?, [any WatchedFiles]) {
    let authenticator = Authenticator(verifier: CryptPasswords(), digest: ProcessSecretDigest())
    var files: [any WatchedFiles] = []
    if let file = configuration.bearerTokenFile { files.append(BearerTokens(file: file, authenticator: authenticator)) }
    if let file = configuration.basicAuthFile { files.append(Passwords(file: file, authenticator: authenticator)) }
    guard !files.isEmpty else { return (nil, []) }
    for file in files { try file.reload() }
    return (AccessPolicy(authenticator: authenticator, protectsMetrics: configuration.protectsMetrics), files)
  }
}
