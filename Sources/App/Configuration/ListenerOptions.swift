import ArgumentParser

/// What both roles can be told of the ports that they listen on.
struct ListenerOptions: ParsableArguments {
  @Option(help: "The address to listen on, IPv4 or IPv6.")
  var interface = "127.0.0.1"

  @Option(
    help: "The port to listen on: 19093, or 20093 with --role informer. 0 lets the system choose one.")
  var port: Int?

  @Option(help: "The informer's port where both roles are played; 0 lets the system choose one.")
  var informerPort = 20093

  @Option(help: "A PEM file with the certificate of this end, and those between it and a root: listen with TLS.")
  var tlsCertificateFile: String?

  @Option(help: "A PEM file with that certificate's private key, without a passphrase.")
  var tlsKeyFile: String?

  @Option(help: "A PEM file with the authorities of which a client must have a certificate.")
  var tlsClientCaFile: String?

  @Option(help: "How long a TLS handshake may take.")
  var tlsHandshakeTimeoutSeconds = 10.0

  @Option(help: "A file of tokens, a line each, one of which a sender must bear.")
  var bearerTokenFile: String?

  @Option(help: "A file of users and hashed passwords, as htpasswd writes it, one of whom a sender must be.")
  var basicAuthFile: String?

  @Flag(help: "Ask for a token or a password for /metrics too.")
  var protectMetrics = false

  @Option(help: "How many connections there may be to a port; further ones are closed at once.")
  var maxConnections = 10_000

  @Option(help: "The greatest size of a request's header fields, in bytes.")
  var maxHeaderBytes = 65_536

  @Option(help: "How long a connection may be without a request.")
  var idleTimeoutSeconds = 360.0

  @Option(help: "How long a request's head may take, from its first byte.")
  var headTimeoutSeconds = 10.0

  @Option(help: "How long a request's body may take.")
  var bodyTimeoutSeconds = 60.0

  @Option(help: "How long an answer may take to leave.")
  var writeTimeoutSeconds = 60.0
}
