import Foundation
import Model
import TestSupport
import Testing

@testable import Transport

/// How a pod reaches the server.
@Suite struct ServiceAccountTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("token", "abc\n")
    try folder.write("ca.crt", "PEM")
    try folder.write("namespace", "monitoring\n")
  }

  private func load(
    _ environment: [String: String] = ["KUBERNETES_SERVICE_HOST": "10.0.0.1", "KUBERNETES_SERVICE_PORT": "443"],
    context: String? = nil, folder: String? = nil
  ) throws -> KubernetesConfiguration {
    var source = KubernetesConfigurationSource(context: context, environment: environment)
    source.serviceAccountFolder = folder ?? self.folder.url.path
    return try source.load(reading: YAMLReader(), time: ManualTime())
  }

  @Test(
    arguments: [
      ("10.0.0.1", "443", "https://10.0.0.1:443"), ("kubernetes.default", "6443", "https://kubernetes.default:6443"),
      ("fd00::1", "443", "https://[fd00::1]:443"),
    ])
  func theServerIsWhereTheKubeletSays(host: String, port: String, server: String) async throws {
    let configuration = try load(["KUBERNETES_SERVICE_HOST": host, "KUBERNETES_SERVICE_PORT": port])
    #expect(configuration.server == server)
    #expect(configuration.namespace == "monitoring")
    #expect(configuration.tls == HTTPClientTLS(authorities: .file("\(folder.url.path)/ca.crt")))
    #expect(try await configuration.credentials.current() == .bearer("abc"))
    #expect(configuration.source == "the pod's service account")
  }

  @Test func withoutItsOtherFilesTheTokenIsEnough() throws {
    let bare = try TemporaryFolder()
    try bare.write("token", "abc")
    let configuration = try load(folder: bare.url.path)
    #expect(configuration.namespace == "default" && configuration.tls == HTTPClientTLS())
  }

  @Test(
    arguments: [
      ["KUBERNETES_SERVICE_HOST": "10.0.0.1"], ["KUBERNETES_SERVICE_PORT": "443"],
      ["KUBERNETES_SERVICE_HOST": "", "KUBERNETES_SERVICE_PORT": "443"],
    ])
  func elseThisIsNoPod(environment: [String: String]) throws {
    #expect(throws: KubernetesConfigurationError.self) {
      try load(environment.merging(["HOME": "/none"]) { $1 })
    }
  }

  @Test func withoutATokenThisIsNoPod() throws {
    #expect(throws: KubernetesConfigurationError.self) {
      try load(
        ["KUBERNETES_SERVICE_HOST": "10.0.0.1", "KUBERNETES_SERVICE_PORT": "443", "HOME": "/none"], folder: "/none")
    }
  }

  @Test func aKubeconfigThatIsNamedComesBeforeThePod() throws {
    let file = try folder.write(
      "config",
      """
      current-context: x
      clusters: [{name: c, cluster: {server: "https://k"}}]
      contexts: [{name: x, context: {cluster: c}}]
      """)
    let pod = ["KUBERNETES_SERVICE_HOST": "10.0.0.1", "KUBERNETES_SERVICE_PORT": "443"]
    #expect(try load(pod.merging(["KUBECONFIG": file]) { $1 }).server == "https://k")
    #expect(throws: KubernetesConfigurationError.self, "a context is that of a kubeconfig") {
      try load(pod.merging(["HOME": "/none"]) { $1 }, context: "x")
    }
  }
}
