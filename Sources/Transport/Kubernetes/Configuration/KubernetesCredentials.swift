internal import Model

/// Where credentials come from.
protocol KubernetesCredentials: Sendable {
  /// What is to be shown now.
  ///
  /// - Throws: `unauthorized` where it cannot be had.
  func current() async throws(KubernetesFailure) -> KubernetesCredential

  /// The server has refused a credential: whatever is made anew from time to time is to be made anew now.
  func refused(_ credential: KubernetesCredential) async
}
