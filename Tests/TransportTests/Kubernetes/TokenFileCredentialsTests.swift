import Foundation
import Model
import TestSupport
import Testing

@testable import Transport

/// A token in a file that the kubelet replaces.
@Suite(.timeLimit(.minutes(2)))
struct TokenFileCredentialsTests {
  private let folder: TemporaryFolder
  private let time = ManualTime()
  private let credentials: TokenFileCredentials

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("token", "one\n")
    credentials = TokenFileCredentials(file: folder.url.appending(path: "token").path, time: time)
  }

  private func token() async throws -> String? {
    try await credentials.current().authorization
  }

  @Test func itIsReadAnewEveryMinute() async throws {
    #expect(try await token() == "Bearer one")
    try folder.write("token", "two\n")
    time.advance(by: .seconds(59))
    #expect(try await token() == "Bearer one")
    time.advance(by: .seconds(1))
    #expect(try await token() == "Bearer two")
  }

  @Test func itIsReadAnewAtOnceWhereTheServerHasRefusedIt() async throws {
    #expect(try await token() == "Bearer one")
    try folder.write("token", "two\n")
    await credentials.refused(.bearer("another"))
    #expect(try await token() == "Bearer one")
    await credentials.refused(.bearer("one"))
    #expect(try await token() == "Bearer two")
  }

  @Test(arguments: ["", "two words", "über", "a\u{7}b"]) func whatIsNoTokenReplacesNone(_ text: String) async throws {
    #expect(try await token() == "Bearer one")
    try folder.write("token", text)
    time.advance(by: .seconds(60))
    #expect(try await token() == "Bearer one")
    try folder.write("token", "three")
    #expect(try await token() == "Bearer three", "it is looked at again at once")
  }

  @Test func withoutAFirstTokenThereIsNone() async throws {
    let missing = TokenFileCredentials(file: "/none/token", time: time)
    let failure = await #expect(throws: KubernetesFailure.self) { try await missing.current() }
    #expect(failure?.kind == .unauthorized)
    #expect(failure?.message.contains("/none/token") == true)
    try folder.write("token", "sEcReT and more")
    let bad = await #expect(throws: KubernetesFailure.self) { try await token() }
    #expect(bad?.message.contains("sEcReT") == false)
  }

  /// The server takes the new token alone from a moment on, and what is on its way is told so.
  @Test func aRotationIsSeenByNobody() async throws {
    let server = try await FakeKubernetes.start(token: "one")
    let id = ResourceID(namespace: "default", name: "m")
    try server.apply(.configMap, id, .object([("data", .object([]))]), by: "kubectl")
    let running = RunningKubernetes(url: server.url, credentials: credentials)
    _ = try await running.client.get(.configMap, id)
    try folder.write("token", "two")
    server.setTokens(["two"])
    _ = try await running.client.get(.configMap, id)
    #expect(
      server.requests.map { $0.fields["Authorization"] } == ["Bearer one", "Bearer one", "Bearer two"])
    // A token that stays refused is shown twice, and not for ever.
    server.setTokens(["three"])
    await #expect(throws: KubernetesFailure.self) { try await running.client.get(.configMap, id) }
    #expect(server.requests.count == 5)
  }
}
