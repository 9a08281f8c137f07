import Foundation
import Glibc
import TestSupport
import Testing

@testable import App

/// What the program says and how it ends when it is called in some way.
///
/// One at a time: all at once, on few processors, each would run into its own time limits.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct CommandLineTests {
  private func run(
    _ arguments: [String], environment: [String: String] = [:], program: URL? = nil
  ) async throws -> ChildProcess {
    let process = try ChildProcess(
      program ?? BuiltProduct.url("openmmt"), arguments, environment: environment)
    try await process.waitForExit(within: .seconds(30))
    return process
  }

  @Test(arguments: [
    (["--help"], "USAGE: openmmt"), (["serve", "--help"], "USAGE: openmmt serve"),
    (["sandbox", "--help"], "USAGE: openmmt sandbox"), (["help", "serve"], "USAGE: openmmt serve"),
    (["--version"], "0.1.0"),
  ])
  func helpAndVersionAreAnswers(arguments: [String], text: String) async throws {
    let process = try await run(arguments)
    #expect(process.observed.value.status == .code(0))
    #expect(process.outputLines.contains { $0.contains(text) })
    #expect(process.errorLines.isEmpty)
  }

  @Test func helpNamesEveryOptionOfTheContract() async throws {
    let help = try await run(["--help"]).outputLines.joined(separator: "\n")
    let serve = try await run(["serve", "--help"]).outputLines.joined(separator: "\n")
    #expect(help.contains("OPENMMT_"))
    for option in [
      "role", "interface", "port", "content-length-limit", "decompressed-length-limit", "tenant-label-list",
      "remove-tenant-labels", "default-tenant-list", "disable-full-replication", "allow-listed-tenants",
      "ingester-upstream-url", "max-parallel-request-per-load", "max-bytes-in-flight", "forward-timeout-seconds",
      "sandbox", "drain-timeout-seconds", "informer-port", "kubernetes-poll-interval-seconds", "ruler-upstream-url",
      "distributor-upstream-url", "tracker-poll-interval-seconds", "updater-poll-interval-seconds",
      "enable-updater-remove-rules", "rules-directory",
    ] { #expect(serve.contains("--\(option)"), "\(option)") }
  }

  @Test(arguments: [ServeCommand.self, SandboxCommand.self] as [any OptionedCommand.Type])
  func everyOptionOfACommandIsKnownToTheEnvironment(_ command: any OptionedCommand.Type) async throws {
    let help = try await run([command.name, "--help"]).outputLines
    let names = help.filter { $0.hasPrefix("  --") }.map { $0.dropFirst(4).prefix { $0 != " " }.description }
    #expect(names.filter { $0 != "version" }.sorted() == command.options.map(\.name).sorted())
  }

  @Test(arguments: [
    (["--no-such-option"], "no-such-option"),
    (["--prot", "1"], "prot"),
    (["surplus"], "surplus"),
    (["serve", "surplus"], "surplus"),
    (["--port"], "port"),
    (["--port", "http"], "http"),
    (["--port", "65536"], "--port must be between 0 and 65535, not 65536"),
    (["--port=-1"], "--port must be between 0 and 65535, not -1"),
    (["sandbox", "--port", "70000"], "--port must be between 0 and 65535, not 70000"),
    (["--sandbox-port", "65536"], "--sandbox-port must be between"),
    (["--content-length-limit", "0"], "--content-length-limit must be above 0, not 0"),
    (["--decompressed-length-limit", "4294967296"], "--decompressed-length-limit must be between"),
    (["--max-bytes-in-flight=-1"], "--max-bytes-in-flight must be above 0, not -1"),
    (["--max-loads-in-flight", "0"], "--max-loads-in-flight must be above 0"),
    (["--max-parallel-request-per-load", "0"], "--max-parallel-request-per-load must be above 0"),
    (["--max-upstream-requests", "0"], "--max-upstream-requests must be above 0"),
    (["--batch-requests-beyond=-1"], "--batch-requests-beyond must be between 0 and"),
    (["--batch-wait-seconds", "0"], "--batch-wait-seconds must be above 0"),
    (["--batch-length-limit", "0"], "--batch-length-limit must be between 1 and"),
    (["--max-connections", "0"], "--max-connections must be above 0"),
    (["--max-header-bytes", "0"], "--max-header-bytes must be between 1 and 2147483647, not 0"),
    (["--forward-timeout-seconds", "0"], "--forward-timeout-seconds must be above 0"),
    (["--forward-timeout-seconds", "nan"], "--forward-timeout-seconds must be above 0"),
    (["--drain-timeout-seconds", "inf"], "--drain-timeout-seconds must be above 0 and at most 86400"),
    (["--idle-timeout-seconds", "86401"], "--idle-timeout-seconds must be above 0 and at most 86400"),
    (["--ingester-upstream-url", "localhost:5000"], "--ingester-upstream-url must be a full http or https URL"),
    (["--ingester-upstream-url", "ftp://localhost/"], "not 'ftp://localhost/'"),
    (["--ingester-upstream-url", "http:///push"], "not 'http:///push'"),
    (["--fallback-tenant", "a,b"], "--fallback-tenant: tenant ID 'a,b' contains unsupported character ','"),
    (["--default-tenant-list", "a,b/c"], "--default-tenant-list: tenant ID 'b/c' contains unsupported character '/'"),
    (["--allow-listed-tenants", ".."], "--allow-listed-tenants: tenant ID '..' is not allowed"),
    (["--role", "everything"], "everything"),
    (["--informer-port", "65536"], "--informer-port must be between 0 and 65535, not 65536"),
    (["--rules-directory", "/no/such"], "--rules-directory must be a directory, not '/no/such'"),
    (["--rules-directory", "/", "--kubeconfig", "k"], "--rules-directory '/' excludes options of Kubernetes"),
    (["--rules-directory", "/", "--resource-selector", "a=b"], "--rules-directory '/' excludes options of Kubernetes"),
    (["--resource-selector", "a b"], "--resource-selector: the selector \"a b\" has b where"),
    (["--role", "informer", "--resource-selector", "a"], "--resource-selector 'a' names no labels for imports"),
    (["--kubernetes-poll-interval-seconds=-1"], "--kubernetes-poll-interval-seconds must be 0 or above"),
    (["--tracker-poll-interval-seconds", "nan"], "--tracker-poll-interval-seconds must be 0 or above"),
    (["--updater-poll-interval-seconds", "86401"], "and at most 86400, not 86401.0"),
    (["--ruler-upstream-url", "cortex:8080"], "--ruler-upstream-url must be a full http or https URL"),
    (["--distributor-upstream-url", "x"], "--distributor-upstream-url must be a full http or https URL, not 'x'"),
    (["--ruler-dialect", "loki"], "loki"),
    (["--max-ruler-requests", "0"], "--max-ruler-requests must be above 0"),
    (["--conflict-policy", "mine"], "mine"),
    (["--drift", "ignore"], "ignore"),
    (["--max-removals=-1"], "--max-removals must be between 0 and"),
    (["--max-removals-percent", "101"], "--max-removals-percent must be between 0 and 100, not 101"),
    (["--max-repairs", "0"], "--max-repairs must be above 0"),
    (["--tenants", "a,b|c"], "--tenants: tenant ID 'b|c' contains unsupported character '|'"),
    (["--informer-namespace", "A"], "--informer-namespace: 'A' is no namespace of Kubernetes"),
    (["--proxy-namespace", ","], "--proxy-namespace must name a namespace, or be *"),
    (["--lease-retry-period-seconds", "10"], "--lease-retry-period-seconds (10.0) must be below"),
    (["--log-level", "loud"], "loud"),
    (["--interface", "192.0.2.1", "--port", "0"], "cannot listen on 192.0.2.1 port 0"),
    (["--interface", "no such host", "--port", "0"], "cannot listen on no such host port 0"),
  ])
  func aMistakeIsOneLineAndCode2(arguments: [String], text: String) async throws {
    let process = try await run(arguments)
    #expect(process.observed.value.status == .code(2))
    #expect(process.outputLines.isEmpty)
    #expect(process.errorLines.count == 1, "\(process.errorLines)")
    #expect(process.errorLines.first?.hasPrefix("error: ") == true, "\(process.errorLines)")
    #expect(process.errorLines.first?.contains(text) == true, "\(process.errorLines)")
  }

  @Test func aPortInUseIsOneLineAndCode2() async throws {
    let upstream = try await ScriptedUpstream.start()
    for command in [[], ["sandbox"]] {
      let process = try await run(command + ["--port", "\(upstream.port)"])
      #expect(process.observed.value.status == .code(2))
      #expect(process.errorLines.count == 1, "\(process.errorLines)")
      let text = "error: cannot listen on 127.0.0.1 port \(upstream.port): "
      #expect(process.errorLines.first?.hasPrefix(text) == true, "\(process.errorLines)")
      #expect(process.errorLines.first?.contains("in use") == true, "\(process.errorLines)")
    }
  }

  @Test func aMistakeInTheEnvironmentNamesTheVariable() async throws {
    let process = try await run([], environment: ["OPENMMT_PORT": "http", "OPENMMT_NO_SUCH_OPTION": "1"])
    #expect(process.observed.value.status == .code(2))
    #expect(process.errorLines.count == 1)
    #expect(process.errorLines.first?.contains("OPENMMT_PORT") == true, "\(process.errorLines)")
    #expect(process.errorLines.first?.contains("NO_SUCH") == false)
  }

  @Test func variablesStandForOptions() async throws {
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(
      environment: [
        "OPENMMT_INGESTER_UPSTREAM_URL": upstream.url, "OPENMMT_DISABLE_FULL_REPLICATION": "true",
        "OPENMMT_TENANT_LABEL_LIST": "team", "OPENMMT_REMOVE_TENANT_LABELS": "0", "OPENMMT_PORT": "1",
        "OPENMMT_INTERFACE": "",
      ])
    var load = TestLoad(["other"])
    load.add([("__name__", "up"), ("team", "acme")])
    #expect(try await proxy.post(load).status == 200)
    #expect(upstream.requests.map(\.tenant) == ["acme"])
    #expect(try upstream.requests.first?.values(of: "team") == ["acme"])
  }

  @Test func theCommandLineWins() async throws {
    let upstream = try await ScriptedUpstream.start()
    let proxy = try await ProxyProcess.start(
      ["--default-tenant-list=1"], upstream: upstream.url,
      environment: ["OPENMMT_DEFAULT_TENANT_LIST": "2", "OPENMMT_INGESTER_UPSTREAM_URL": "nonsense"])
    #expect(try await proxy.post(TestLoad([""])).status == 200)
    #expect(upstream.requests.map(\.tenant) == ["1"])
  }

  @Test func theOriginalsNameWorks() async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let link = directory.appending(path: "open-metrics-multi-tenancy-proxy")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: BuiltProduct.url("openmmt"))
    let process = try ChildProcess(link, ["--port", "0"])
    let port = try await process.port(of: "proxy")
    #expect(try await HTTPProbe.request(port: port).text == "Up\n")
    #expect(try await process.terminate() == .code(0))

    let other = try await run(["--no-such-option"], program: link)
    #expect(other.observed.value.status == .code(2))
  }
}
