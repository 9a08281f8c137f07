package import Model
import Synchronization

/// Knows who may do what needs permission: by bearer token, or by user and password.
///
/// Tokens, and passwords that were right before, are decided at once. Another password has to be checked
/// first, which is slow by design: requests with the same credentials wait for one check, and how many
/// checks there are at a time is bounded, so that nobody keeps the process busy by guessing.
package final class Authenticator: Sendable {
  private struct State {
    var tokens: Set<[UInt8]> = []
    var hashes: [String: PasswordHash] = [:]
    /// The digests of credentials that were right by `hashes`.
    var verified: Set<[UInt8]> = []
    /// The checks in work, by digest.
    var checks: [[UInt8]: Task<Bool, Never>] = [:]
    /// Tells apart what was checked by which `hashes`.
    var generation = 0
  }

  private let verifier: any PasswordVerifier
  private let digest: any SecretDigest
  private let maximumChecks: Int
  private let maximumVerified: Int
  private let state = Mutex(State())

  /// - Parameters:
  ///   - maximumChecks: how many passwords may be checked, or wait for that, at a time.
  ///   - maximumVerified: how many credentials are remembered; beyond them all are checked anew.
  package init(
    verifier: any PasswordVerifier, digest: any SecretDigest, maximumChecks: Int = 32, maximumVerified: Int = 4096
  ) {
    self.verifier = verifier
    self.digest = digest
    self.maximumChecks = maximumChecks
    self.maximumVerified = maximumVerified
  }

  /// From here on these tokens are right, and no others.
  package func replace(tokens: [String]) {
    let digests = Set(tokens.map { digest.digest(Array($0.utf8)) })
    state.withLock { $0.tokens = digests }
  }

  /// From here on these passwords are right, and no others.
  package func replace(hashes: [String: PasswordHash]) {
    state.withLock { state in
      state.hashes = hashes
      state.verified = []
      state.checks = [:]
      state.generation += 1
    }
  }

  /// What a client that is refused may try, as fields of the answer.
  package var challenges: HeaderFields {
    let (hasTokens, hasUsers) = state.withLock { (!$0.tokens.isEmpty, !$0.hashes.isEmpty) }
    var fields: HeaderFields = [:]
    if hasTokens { fields.add("WWW-Authenticate", "Bearer realm=\"openmmt\"") }
    if hasUsers { fields.add("WWW-Authenticate", "Basic realm=\"openmmt\", charset=\"UTF-8\"") }
    return fields
  }

  /// Decides by the head of a request, at once.
  package func decide(_ fields: HeaderFields) -> AccessDecision {
    let values = fields.values(of: "Authorization")
    guard values.count == 1, let authorization = Authorization(values[0]) else { return .refused }
    switch authorization {
    case .bearer(let token):
      let key = digest.digest(token)
      return state.withLock { $0.tokens.contains(key) } ? .granted : .refused
    case .basic(let credentials):
      let key = digest.digest(credentials.bytes)
      return state.withLock { state in
        if state.hashes.isEmpty { return .refused }
        return state.verified.contains(key) ? .granted : .verify(credentials)
      }
    }
  }

  /// Finds out whether a password is right.
  package func verify(_ credentials: BasicCredentials) async -> AccessVerdict {
    let key = digest.digest(credentials.bytes)
    guard let check = state.withLock({ check(credentials, key, &$0) }) else { return .busy }
    return await check.value ? .granted : .refused
  }

  private func check(
    _ credentials: BasicCredentials, _ key: [UInt8], _ state: inout State
  ) -> Task<Bool, Never>? {
    if let check = state.checks[key] { return check }
    guard state.checks.count < maximumChecks else { return nil }
    let known = state.hashes[credentials.user]
    // For a user that is not there somebody else's password is checked: it takes as long.
    guard let hash = known ?? state.hashes.values.first else { return Task { false } }
    let generation = state.generation
    let check = Task {
      let isRight = await self.verifier.verify(credentials.password, against: hash) && known != nil
      self.ended(key, isRight, generation)
      return isRight
    }
    state.checks[key] = check
    return check
  }

  private func ended(_ key: [UInt8], _ isRight: Bool, _ generation: Int) {
    state.withLock { state in
      guard state.generation == generation else { return }
      state.checks[key] = nil
      guard isRight else { return }
      if state.verified.count >= maximumVerified { state.verified = [] }
      state.verified.insert(key)
    }
  }
}
