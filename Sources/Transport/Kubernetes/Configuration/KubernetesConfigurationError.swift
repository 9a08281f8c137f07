/// Why it is not known how to reach Kubernetes. Tells nothing of what is secret.
package struct KubernetesConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String

  init(_ description: String) {
    self.description = description
  }
}
