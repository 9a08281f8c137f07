/// How a server encrypts.
package struct TLSConfiguration: Sendable {
  /// A PEM file with the server's certificate and those between it and a root, in this order.
  package var certificateFile: String
  /// A PEM file with the certificate's private key, without a passphrase.
  package var keyFile: String
  /// A PEM file with the authorities of which a client must have a certificate; `nil` lets in clients
  /// without one.
  package var clientCAFile: String?
  /// How long a handshake may take, from the connection on.
  package var handshakeTimeout: Duration
  /// The bytes that a client may send before the handshake is done.
  package var handshakeByteLimit: Int
  /// The protocols that are offered, the best first.
  package var protocols: [ApplicationProtocol]

  package init(
    certificateFile: String, keyFile: String, clientCAFile: String? = nil,
    handshakeTimeout: Duration = .seconds(10), handshakeByteLimit: Int = 128 << 10,
    protocols: [ApplicationProtocol] = ApplicationProtocol.allCases
  ) {
    self.certificateFile = certificateFile
    self.keyFile = keyFile
    self.clientCAFile = clientCAFile
    self.handshakeTimeout = handshakeTimeout
    self.handshakeByteLimit = handshakeByteLimit
    self.protocols = protocols
  }

  /// The files that the configuration is made of.
  package var files: [String] { [certificateFile, keyFile] + (clientCAFile.map { [$0] } ?? []) }
}
