import Foundation
import Model
import TestSupport
import Testing

@testable import Transport

/// Programs that make credentials, real ones.
@Suite(.timeLimit(.minutes(2)))
struct ExecCredentialsTests {
  private let folder: TemporaryFolder
  private let time = ManualTime(secondsSince1970: 1_700_000_000)

  init() throws {
    folder = try TemporaryFolder()
  }

  /// A user whose plugin is a script.
  ///
  /// - Parameter fields: of `exec`, beside its command.
  private func credentials(
    _ script: String, version: String = "v1", fields: String = "", cluster: String = "", name: String = "plugin"
  ) throws -> any KubernetesCredentials {
    try folder.write(name, "#!/bin/sh\n\(script)\n", isExecutable: true)
    let file = try folder.write(
      "config",
      """
      current-context: x
      clusters: [{name: c, cluster: {server: "https://k:1"\(cluster)}}]
      contexts: [{name: x, context: {cluster: c, user: u}}]
      users:
        - name: u
          user:
            exec:
              apiVersion: client.authentication.k8s.io/\(version)
              command: ./plugin
              interactiveMode: Never
      \(fields)
      """)
    let source = KubernetesConfigurationSource(
      kubeconfig: file, environment: ["PATH": "/usr/bin:/bin", "OWN": "own", "FOLDER": folder.url.path])
    return try source.load(reading: YAMLReader(), time: time).credentials
  }

  /// Lines of `exec`.
  private static func fields(_ lines: [String]) -> String {
    lines.map { "        \($0)" }.joined(separator: "\n")
  }

  /// What a script prints that makes a credential.
  private static func output(_ status: String, version: String = "v1") -> String {
    """
    cat <<END
    {"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/\(version)","status":\(status)}
    END
    """
  }

  private func message(_ credentials: any KubernetesCredentials) async -> String {
    do {
      return "no failure: \(try await credentials.current())"
    } catch {
      #expect(error.kind == .unauthorized)
      return error.message
    }
  }

  /// How often the script has run, which writes a line into a file each time.
  private func runs() throws -> Int {
    try SmallFile.read(folder.url.appending(path: "runs").path).split(separator: "\n").count
  }

  private static let count = "echo run >> $FOLDER/runs\n"

  @Test(arguments: ["v1", "v1beta1"]) func aTokenIsAskedForOnceAndKept(version: String) async throws {
    let credentials = try credentials(
      Self.count + Self.output(#"{"token":"abc"}"#, version: version), version: version)
    for _ in 0..<3 { #expect(try await credentials.current() == .bearer("abc")) }
    time.advance(by: .seconds(1_000_000))
    #expect(try await credentials.current() == .bearer("abc"))
    #expect(try runs() == 1)
  }

  @Test func aTokenIsMadeAnewWhenItExpires() async throws {
    // 1,700,000,000 s is 22:13:20.
    let credentials = try credentials(
      Self.count
        + Self.output(#"{"token":"t$(grep -c run $FOLDER/runs)","expirationTimestamp":"2023-11-14T22:14:20Z"}"#)
    )
    #expect(try await credentials.current() == .bearer("t1"))
    time.advance(by: .seconds(59))
    #expect(try await credentials.current() == .bearer("t1"))
    time.advance(by: .seconds(1))
    #expect(try await credentials.current() == .bearer("t2"))
  }

  @Test func aTokenIsMadeAnewWhenItIsRefused() async throws {
    let credentials = try credentials(Self.count + Self.output(#"{"token":"abc"}"#))
    let first = try await credentials.current()
    await credentials.refused(.bearer("another"))
    _ = try await credentials.current()
    #expect(try runs() == 1)
    await credentials.refused(first)
    _ = try await credentials.current()
    #expect(try runs() == 2)
  }

  @Test func whoAsksAtTheSameTimeSharesARun() async throws {
    let credentials = try credentials(Self.count + Self.output(#"{"token":"abc"}"#))
    let tokens = try await withThrowingTaskGroup(of: KubernetesCredential.self) { group in
      for _ in 0..<8 { group.addTask { try await credentials.current() } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(tokens == Array(repeating: .bearer("abc"), count: 8))
    #expect(try runs() == 1)
  }

  @Test func aPluginMayMakeACertificate() async throws {
    let credentials = try credentials(
      Self.output(#"{"clientCertificateData":"CERT","clientKeyData":"KEY","token":"abc"}"#))
    var expected = KubernetesCredential.bearer("abc")
    expected.identity = HTTPClientTLS.Identity(
      certificate: .bytes(Array("CERT".utf8)), key: .bytes(Array("KEY".utf8)))
    #expect(try await credentials.current() == expected)
  }

  @Test func aPluginIsToldWhatItWantsToKnow() async throws {
    let script = """
      printf '%s\\n' "$@" > $FOLDER/arguments
      printf '%s' "$KUBERNETES_EXEC_INFO" > $FOLDER/info
      printf '%s %s %s' "$OWN" "$GIVEN" "$(cat)" > $FOLDER/variables
      """
    let credentials = try credentials(
      script + "\n" + Self.output(#"{"token":"abc"}"#),
      fields: Self.fields([
        #"args: ["get-token", "--name=a b", ""]"#, #"env: [{name: GIVEN, value: "given $x"}, {name: EMPTY}]"#,
        "provideClusterInfo: true",
      ]),
      cluster: [
        "", "certificate-authority-data: UEVN", "tls-server-name: name", "proxy-url: \"http://p\"",
        "extensions: [{name: o, extension: 1}, {name: client.authentication.k8s.io/exec, extension: {audience: a}}]",
      ].joined(separator: ", "))
    _ = try await credentials.current()
    func read(_ name: String) throws -> String { try SmallFile.read(folder.url.appending(path: name).path) }
    #expect(try read("arguments") == "get-token\n--name=a b\n\n")
    #expect(try read("variables") == "own given $x ", "and there is nothing to read")
    #expect(
      try JSONReader.read(Array(try read("info").utf8)).sortedJSON
        == JSONReader.read(
          Array(
            """
            {"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"interactive":false,
            "cluster":{"server":"https://k:1","certificate-authority-data":"UEVN","tls-server-name":"name",
            "proxy-url":"http://p","config":{"audience":"a"}}}}
            """.utf8)
        ).sortedJSON)
  }

  @Test func whoWantsToKnowNothingOfTheClusterIsToldNothing() async throws {
    let credentials = try credentials(
      "printf '%s' \"$KUBERNETES_EXEC_INFO\" > $FOLDER/info\n" + Self.output(#"{"token":"abc"}"#))
    _ = try await credentials.current()
    let info = try SmallFile.read(folder.url.appending(path: "info").path)
    #expect(
      info
        == #"{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"interactive":false}}"#)
  }

  // MARK: What goes wrong

  @Test func aPluginThatFailsIsQuoted() async throws {
    let credentials = try credentials(
      Self.count + "echo 'please log in:' >&2; echo ' https://login' >&2; echo secret; exit 3")
    #expect(
      await message(credentials)
        == "credentials from \(folder.url.path)/./plugin: exit code 3: please log in:  https://login")
    _ = await message(credentials)
    #expect(try runs() == 2, "a failure is not kept")
  }

  @Test func aPluginIsQuotedUpToALimit() async throws {
    let credentials = try credentials(
      "i=0; while [ $i -lt 2000 ]; do echo 0123456789 >&2; i=$((i+1)); done; echo the end >&2; exit 1")
    let message = await message(credentials)
    #expect(message.hasSuffix(" the end"))
    #expect(message.utf8.count < 700)
  }

  @Test(
    arguments: [
      ("", "it printed no JSON"), ("echo hello", "it printed no JSON"), ("echo '{}'", "something else than"),
      ("echo '{\"kind\":\"ExecCredential\"}'", "it speaks no version"),
      (output(#"{"token":"abc"}"#, version: "v1beta1"), "and not client.authentication.k8s.io/v1"),
      (output("null"), "without a status"), (output("{}"), "neither a token nor a certificate"),
      (output(#"{"token":"a b"}"#), "characters that no token has"),
      (output(#"{"clientKeyData":"KEY"}"#), "a key without its certificate"),
      (output(#"{"token":"abc","expirationTimestamp":"tomorrow"}"#), "expirationTimestamp is no time"),
      ("kill -9 $$", "exit code 137"),
    ])
  func whatIsNoCredentialIsNotTakenForOne(script: String, words: String) async throws {
    let message = await message(try credentials(script))
    #expect(message.contains(words), "\(message)")
  }

  @Test func aPluginThatIsNotThereIsSaidToBeInstalled() async throws {
    let credentials = try credentials(
      "", fields: Self.fields(["installHint: Get it at https://plugin."]), name: "another")
    let message = await message(credentials)
    #expect(message.contains("/./plugin cannot be run: No such file or directory. Get it at https://plugin."))
  }

  /// The tests have no terminal; where they do, this one has nothing to see.
  @Test func aPluginThatHasToAskAPersonCannot() async throws {
    let plugin = ExecPlugin(
      command: "/bin/true", arguments: [], environment: [:], apiVersion: ExecPlugin.versions[0],
      interactiveMode: .always, installHint: "")
    let credentials = ExecCredentials(plugin: plugin, environment: [:], time: time, hasTerminal: { false })
    #expect(await message(credentials).contains("there is no terminal"))
  }

  @Test func aPluginThatHangsIsKilled() async throws {
    let plugin = ExecPlugin(
      command: "/bin/sh", arguments: ["-c", "echo waiting for you >&2; sleep 1000"],
      environment: ["PATH": "/usr/bin:/bin"], apiVersion: ExecPlugin.versions[0], interactiveMode: .never,
      installHint: "")
    let credentials = ExecCredentials(
      plugin: plugin, environment: [:], time: time, timeout: .seconds(2))
    #expect(
      await message(credentials) == "credentials from /bin/sh: it took too long, and was killed: waiting for you")
  }
}
