/// Whom a client of https trusts, and what it shows of itself.
package struct HTTPClientTLS: Sendable, Hashable {
  /// A certificate with those between it and a root, and its private key.
  package struct Identity: Sendable, Hashable {
    package var certificate: PEMSource
    package var key: PEMSource

    package init(certificate: PEMSource, key: PEMSource) {
      self.certificate = certificate
      self.key = key
    }
  }

  /// The authorities that are trusted; `nil` trusts the system's.
  package var authorities: PEMSource?
  /// What is shown to a server that asks for it.
  package var identity: Identity?
  /// The name that the server has to prove, where it is not the URL's host.
  package var serverName: String?
  /// Whether any server is believed.
  package var skipsVerification: Bool

  package init(
    authorities: PEMSource? = nil, identity: Identity? = nil, serverName: String? = nil, skipsVerification: Bool = false
  ) {
    self.authorities = authorities
    self.identity = identity
    self.serverName = serverName
    self.skipsVerification = skipsVerification
  }

  package init(_ files: UpstreamTLSFiles) {
    self.init(
      authorities: files.authorities.map { .file($0) },
      identity: files.client.map { Identity(certificate: .file($0.certificate), key: .file($0.key)) })
  }
}
