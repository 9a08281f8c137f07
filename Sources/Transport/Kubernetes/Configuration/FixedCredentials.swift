internal import Model

/// Credentials that never change.
struct FixedCredentials: KubernetesCredentials {
  let credential: KubernetesCredential

  func current() async throws(KubernetesFailure) -> KubernetesCredential { credential }

  func refused(_ credential: KubernetesCredential) async {}
}
