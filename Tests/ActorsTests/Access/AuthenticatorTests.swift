import Model
import TestSupport
import Testing

@testable import Actors

@Suite(.timeLimit(.minutes(1)))
struct AuthenticatorTests {
  private let verifier = ScriptedVerifier()

  private func makeAuthenticator(
    tokens: [String] = [], users: [String] = ["ana"], maximumChecks: Int = 32
  ) throws -> Authenticator {
    let authenticator = Authenticator(verifier: verifier, digest: PlainDigest(), maximumChecks: maximumChecks)
    let hash = try #require(PasswordHash(ScriptedVerifier.hash))
    authenticator.replace(tokens: tokens)
    authenticator.replace(hashes: Dictionary(uniqueKeysWithValues: users.map { ($0, hash) }))
    return authenticator
  }

  private func credentials(_ user: String, _ password: String = ScriptedVerifier.password) throws -> BasicCredentials {
    try #require(BasicCredentials(Array("\(user):\(password)".utf8)))
  }

  private func basic(_ user: String, _ password: String = ScriptedVerifier.password) -> HeaderFields {
    ["Authorization": "Basic \(Base64.encode(Array("\(user):\(password)".utf8)))"]
  }

  @Test(
    arguments: [
      (["Authorization": "Bearer one"], .granted), (["authorization": "bearer two"], .granted),
      (["Authorization": "Bearer three"], .refused), (["Authorization": "Bearer on"], .refused),
      (["Authorization": "Bearer one "], .refused), (["Authorization": "one"], .refused), ([:], .refused),
      (["Authorization": "Bearer one", "authorization": "Bearer one"], .refused),
      (["Authorization": "Basic \(Base64.encode(Array("one".utf8)))"], .refused),
    ] as [(HeaderFields, AccessDecision)])
  func tokensAreDecidedAtOnce(_ fields: HeaderFields, _ decision: AccessDecision) throws {
    #expect(try makeAuthenticator(tokens: ["one", "two"]).decide(fields) == decision)
  }

  @Test func passwordsAreNoTokens() throws {
    let authenticator = try makeAuthenticator(tokens: ["ana:secret"], users: [])
    #expect(authenticator.decide(basic("ana")) == .refused)
    #expect(verifier.checked.value.isEmpty)
  }

  @Test func aRightPasswordIsCheckedOnce() async throws {
    let authenticator = try makeAuthenticator()
    verifier.gate.open()
    #expect(authenticator.decide(basic("ana")) == .verify(try credentials("ana")))
    #expect(await authenticator.verify(try credentials("ana")) == .granted)
    #expect(authenticator.decide(basic("ana")) == .granted)
    #expect(verifier.checked.value == ["secret"])
  }

  @Test(arguments: [("ana", "wrong"), ("nobody", "wrong"), ("nobody", "secret")])
  func aWrongOneIsCheckedEveryTimeAndSoIsOneOfNobody(_ user: String, _ password: String) async throws {
    let authenticator = try makeAuthenticator()
    verifier.gate.open()
    for count in 1...2 {
      #expect(authenticator.decide(basic(user, password)) == .verify(try credentials(user, password)))
      #expect(await authenticator.verify(try credentials(user, password)) == .refused)
      #expect(verifier.checked.value.count == count)
    }
  }

  @Test func sameCredentialsWaitForOneCheckAndTooManyOthersDoNot() async throws {
    let authenticator = try makeAuthenticator(maximumChecks: 2)
    async let first = authenticator.verify(try credentials("ana"))
    async let same = authenticator.verify(try credentials("ana"))
    async let wrong = authenticator.verify(try credentials("ana", "wrong"))
    try await verifier.checked.wait(for: "both checks") { $0.count == 2 }
    #expect(await authenticator.verify(try credentials("ana", "third")) == .busy)
    #expect(verifier.checked.value.sorted() == ["secret", "wrong"])
    verifier.gate.open()
    #expect(try await [first, same, wrong] == [.granted, .granted, .refused])
    #expect(await authenticator.verify(try credentials("ana", "third")) == .refused)
  }

  @Test func otherPasswordsMakeOldKnowledgeWorthless() async throws {
    let authenticator = try makeAuthenticator()
    async let old = authenticator.verify(try credentials("ana"))
    try await verifier.checked.wait(for: "the check") { $0.count == 1 }
    let hash = try #require(PasswordHash(ScriptedVerifier.hash))
    authenticator.replace(hashes: ["bea": hash])
    verifier.gate.open()
    // It was right when it was stated, but that is not remembered.
    #expect(try await old == .granted)
    #expect(authenticator.decide(basic("ana")) == .verify(try credentials("ana")))
    #expect(await authenticator.verify(try credentials("ana")) == .refused)

    #expect(await authenticator.verify(try credentials("bea")) == .granted)
    authenticator.replace(hashes: ["bea": hash])
    #expect(authenticator.decide(basic("bea")) == .verify(try credentials("bea")))
  }

  @Test func replacedTokensAreWrong() throws {
    let authenticator = try makeAuthenticator(tokens: ["old"])
    authenticator.replace(tokens: ["new"])
    #expect(authenticator.decide(["Authorization": "Bearer old"]) == .refused)
    #expect(authenticator.decide(["Authorization": "Bearer new"]) == .granted)
  }

  @Test(
    arguments: [
      ([], ["ana"], ["Basic realm=\"openmmt\", charset=\"UTF-8\""]), (["one"], [], ["Bearer realm=\"openmmt\""]),
      (["one"], ["ana"], ["Bearer realm=\"openmmt\"", "Basic realm=\"openmmt\", charset=\"UTF-8\""]),
    ] as [([String], [String], [String])])
  func challenges(_ tokens: [String], _ users: [String], _ values: [String]) throws {
    #expect(try makeAuthenticator(tokens: tokens, users: users).challenges.values(of: "WWW-Authenticate") == values)
  }

  enum Guarded { case submissions, metrics }

  @Test(
    arguments: [
      ("POST", "/", .submissions), ("POST", "/-/healthy", .submissions), ("GET", "/metrics", .metrics),
      ("GET", "/metrics?x", .metrics), ("GET", "/-/healthy", nil), ("GET", "/-/ready", nil), ("GET", "/", nil),
      ("DELETE", "/", nil),
    ] as [(String, String, Guarded?)])
  func whatNeedsPermission(_ method: String, _ target: String, _ guarded: Guarded?) throws {
    let authenticator = try makeAuthenticator(tokens: ["one"])
    let intake = LoadIntake(
      loads: Mailbox(capacity: 1), lanes: LoadLanes(), readiness: Readiness(), metrics: ProxyMetrics())
    let endpoint = Endpoint(RequestHead(method: method, target: target), intake)
    for (submissions, metrics) in [(false, false), (false, true), (true, false), (true, true)] {
      let policy = AccessPolicy(
        authenticator: authenticator, protectsSubmissions: submissions, protectsMetrics: metrics)
      let isGuarded = guarded == .submissions && submissions || guarded == .metrics && metrics
      #expect(policy.decide(endpoint, [:]) == (isGuarded ? .refused : .granted))
      #expect(policy.decide(endpoint, ["Authorization": "Bearer one"]) == .granted)
    }
  }
}
