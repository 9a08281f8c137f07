internal import Model

/// How Kubernetes is reached, and as whom.
package struct KubernetesConfiguration: Sendable {
  /// The server's URL, without a slash at its end.
  package var server: String
  /// Whom to trust and what to show.
  package var tls: HTTPClientTLS
  /// A proxy's URL.
  package var proxy: String?
  /// The namespace of the pod or the context.
  package var namespace: String
  /// Where this was read, for people.
  package var source: String
  /// The header fields by which this user acts as another one.
  var impersonation: HeaderFields
  var credentials: any KubernetesCredentials
}
