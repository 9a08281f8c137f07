/// What proves to the server who asks.
struct KubernetesCredential: Sendable, Hashable {
  /// The value of `Authorization`.
  var authorization: String?
  /// A certificate, instead of the configured one.
  var identity: HTTPClientTLS.Identity?

  static let none = KubernetesCredential()

  static func bearer(_ token: String) -> KubernetesCredential {
    KubernetesCredential(authorization: "Bearer \(token)")
  }
}
