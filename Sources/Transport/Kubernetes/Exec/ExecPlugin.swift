internal import Model

/// A program that makes credentials, as a kubeconfig names it.
struct ExecPlugin: Sendable {
  /// Whether a person may be asked.
  enum InteractiveMode: String, Sendable {
    case never = "Never"
    case ifAvailable = "IfAvailable"
    case always = "Always"
  }

  /// The versions of the protocol that are spoken.
  static let versions = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"]

  var command: String
  var arguments: [String]
  /// Beside the environment of this process.
  var environment: [String: String]
  var apiVersion: String
  var interactiveMode: InteractiveMode
  /// How to come by the program, for people.
  var installHint: String
  /// What the program is told of the cluster, where it wants to be told.
  var cluster: DocumentNode?
}
