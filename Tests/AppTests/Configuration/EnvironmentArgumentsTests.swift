import Testing

@testable import App

/// Options from environment variables.
struct EnvironmentArgumentsTests {
  @Test(
    arguments: [
      ([:], ["--port", "1"], ["--port", "1"]),
      (["OPENMMT_PORT": "2"], [], ["--port=2"]),
      (["OPENMMT_PORT": "2"], ["--port", "1"], ["--port", "1"]),
      (["OPENMMT_PORT": "2"], ["--port=1"], ["--port=1"]),
      (["OPENMMT_PORT": "2"], ["serve", "--sandbox"], ["serve", "--port=2", "--sandbox"]),
      (["OPENMMT_PORT": "2"], ["sandbox"], ["sandbox", "--port=2"]),
      (["OPENMMT_PORT": ""], [], []),
      (["OPENMMT_SANDBOX": "true"], [], ["--sandbox"]),
      (["OPENMMT_SANDBOX": "Yes"], [], ["--sandbox"]),
      (["OPENMMT_SANDBOX": "on"], [], ["--sandbox"]),
      (["OPENMMT_SANDBOX": "1"], ["--sandbox"], ["--sandbox"]),
      (["OPENMMT_SANDBOX": "0"], [], []),
      (["OPENMMT_SANDBOX": "false"], [], []),
      // Kubernetes tells of Services named openmmt and openmmt-informer.
      (["OPENMMT_PORT": "tcp://10.0.0.1:19093", "OPENMMT_INFORMER_PORT": "udp://10.0.0.1:1"], [], []),
      (["OPENMMT_PORT": "http://10.0.0.1"], [], ["--port=http://10.0.0.1"]),
      // Not options of the sandbox, or of anything.
      (["OPENMMT_DEFAULT_TENANT_LIST": "a", "OPENMMT_UNKNOWN": "1", "PORT": "3"], ["sandbox"], ["sandbox"]),
      (
        ["OPENMMT_TENANT_LABEL_LIST": "a,b", "OPENMMT_DEFAULT_TENANT_LIST": "-x"], [],
        ["--default-tenant-list=-x", "--tenant-label-list=a,b"]
      ),
      // The original kit's.
      (
        ["OPEN_METRICS_PROXY_NAMESPACE": "a", "OPEN_METRICS_INFORMER_NAMESPACE": "*"], ["serve"],
        ["serve", "--informer-namespace=*", "--proxy-namespace=a"]
      ),
      (["OPEN_METRICS_PROXY_NAMESPACE": "a", "OPENMMT_PROXY_NAMESPACE": "b"], [], ["--proxy-namespace=b"]),
      (["OPEN_METRICS_PROXY_NAMESPACE": "a"], ["--proxy-namespace=c"], ["--proxy-namespace=c"]),
      (["OPEN_METRICS_PROXY_NAMESPACE": "a"], ["sandbox"], ["sandbox"]),
    ] as [([String: String], [String], [String])])
  func variablesAreAddedWhereTheyCount(environment: [String: String], words: [String], expected: [String]) {
    #expect(EnvironmentArguments(environment).merged(into: words) == expected)
  }

  @Test func theVariablesThatCountAreNamed() {
    let arguments = EnvironmentArguments(["OPENMMT_PORT": "2", "OPENMMT_INTERFACE": "::1", "OPENMMT_OTHER": "1"])
    #expect(arguments.names(in: ["--port", "1"]) == ["OPENMMT_INTERFACE"])
    #expect(arguments.names(in: []) == ["OPENMMT_INTERFACE", "OPENMMT_PORT"])
  }

  @Test func everyOptionIsKnownWithItsKind() {
    let options = ServeCommand.options
    #expect(options.contains(CommandOption(name: "max-bytes-in-flight", isFlag: false)))
    #expect(options.contains(CommandOption(name: "allow-listed-tenants", isFlag: false)))
    let flags = options.filter(\.isFlag).map(\.name)
    #expect(
      flags == [
        "sandbox", "protect-metrics", "remove-tenant-labels", "disable-full-replication",
        "upstream-proxy-from-environment", "enable-updater-remove-rules", "dry-run", "disable-leader-election",
        "ruler-proxy-from-environment", "no-lint",
      ])
  }
}
