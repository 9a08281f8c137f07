import Foundation
import Model
import TestSupport
import Testing
import Transport

@testable import App

/// The manifests, as far as they can be looked at without a cluster.
@Suite struct DeployTests {
  private static let folder = PythonEnvironment.root.appending(path: "Deploy")

  private func documents(_ name: String) throws -> [DocumentNode] {
    let bytes = Array(try Data(contentsOf: Self.folder.appending(path: name)))
    return try YAMLReader().documents(in: bytes)
  }

  private func document(_ kind: String, in name: String) throws -> DocumentNode {
    try #require(try documents(name).first { $0["kind"]?.text == kind })
  }

  private func container() throws -> DocumentNode {
    try #require(
      try document("Deployment", in: "openmmt.yaml")["spec"]?["template"]?["spec"]?["containers"]?.items?.first)
  }

  private func texts(_ node: DocumentNode?) -> [String] {
    (node?.items ?? []).compactMap(\.text)
  }

  @Test func everyManifestIsAnObject() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(names.sorted() == ["crd.yaml", "openmmt.yaml", "rbac.yaml", "webhook.yaml"])
    for name in names {
      for document in try documents(name) {
        #expect(document["apiVersion"]?.text?.isEmpty == false, "\(name)")
        #expect(document["kind"]?.text?.isEmpty == false, "\(name)")
        #expect(document["metadata"]?["name"]?.text?.isEmpty == false, "\(name)")
      }
    }
  }

  /// The command line is one that this program takes, and means what the manifest says that it means.
  @Test func theArgumentsAndVariablesAreUnderstood() throws {
    let container = try container()
    let arguments = texts(container["args"])
    #expect(!arguments.isEmpty)
    var environment: [String: String] = [:]
    for variable in container["env"]?.items ?? [] {
      environment[try #require(variable["name"]?.text)] = try #require(variable["value"]?.text)
    }
    let command = try Invocation(arguments: ["openmmt"] + arguments, environment: environment).command()
    let options = try #require(command as? ServeCommand)
    #expect(options.proxy.proxyNamespace == "*" && options.informer.informerNamespace == "*")
    let configuration = try ServeConfiguration(options)
    let ports = (container["ports"]?.items ?? []).compactMap { $0["containerPort"]?.text.flatMap { Int($0) } }
    #expect(ports == [configuration.proxyPort, configuration.informerPort])
    let grace = try document("Deployment", in: "openmmt.yaml")["spec"]?["template"]?["spec"]?[
      "terminationGracePeriodSeconds"]?.text.flatMap { Double($0) }
    #expect(try #require(grace) > options.process.drainTimeoutSeconds)
  }

  @Test func whatIsNamedIsThere() throws {
    let container = try container()
    let ports = (container["ports"]?.items ?? []).compactMap { $0["name"]?.text }
    for probe in ["livenessProbe", "readinessProbe"] {
      #expect(ports.contains(try #require(container[probe]?["httpGet"]?["port"]?.text)))
    }
    let service = try document("Service", in: "openmmt.yaml")
    for port in service["spec"]?["ports"]?.items ?? [] {
      #expect(ports.contains(try #require(port["targetPort"]?.text)))
    }
    let pod = try #require(try document("Deployment", in: "openmmt.yaml")["spec"]?["template"])
    for (name, value) in try #require(service["spec"]?["selector"]).textsByName() {
      #expect(pod["metadata"]?["labels"]?[name]?.text == value)
    }
    let account = try document("ServiceAccount", in: "rbac.yaml")["metadata"]
    #expect(pod["spec"]?["serviceAccountName"]?.text == account?["name"]?.text)
    let webhook = try document("ValidatingWebhookConfiguration", in: "webhook.yaml")["webhooks"]?.items?.first
    let target = webhook?["clientConfig"]?["service"]
    #expect(target?["name"]?.text == service["metadata"]?["name"]?.text)
    #expect(target?["namespace"]?.text == service["metadata"]?["namespace"]?.text)
    #expect((service["spec"]?["ports"]?.items ?? []).contains { $0["port"]?.text == target?["port"]?.text })
  }

  /// Every verb that the clients use, and no others.
  @Test func permissionsAreThoseThatItTakes() throws {
    var permissions: [String: [String]] = [:]
    for kind in ["ClusterRole", "Role"] {
      for rule in try document(kind, in: "rbac.yaml")["rules"]?.items ?? [] {
        for group in texts(rule["apiGroups"]) {
          for resource in texts(rule["resources"]) {
            permissions["\(kind) \(resource).\(group)"] = texts(rule["verbs"])
          }
        }
      }
    }
    #expect(
      permissions == [
        "ClusterRole openmetricsrules.open-metrics.vgs.io": ["get", "list", "watch", "create", "patch"],
        "ClusterRole openmetricsrules/status.open-metrics.vgs.io": ["patch"],
        "ClusterRole events.events.k8s.io": ["create", "patch"],
        "Role leases.coordination.k8s.io": ["get", "create", "update"],
        "Role configmaps.": ["get", "list", "create", "update", "patch", "delete"],
      ])
    for (binding, role) in [("ClusterRoleBinding", "ClusterRole"), ("RoleBinding", "Role")] {
      let reference = try document(binding, in: "rbac.yaml")["roleRef"]
      #expect(reference?["kind"]?.text == role)
      #expect(reference?["name"]?.text == (try document(role, in: "rbac.yaml")["metadata"]?["name"]?.text))
    }
  }
}
