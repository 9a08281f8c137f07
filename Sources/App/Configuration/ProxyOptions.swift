import ArgumentParser

/// What the proxy can be told on the command line.
struct ProxyOptions: ParsableArguments {
  @Option(help: "The role to play.")
  var role = Role.proxy

  @Option(help: "The address to listen on, IPv4 or IPv6.")
  var interface = "127.0.0.1"

  @Option(help: "The port to listen on; 0 lets the system choose one.")
  var port = 19093

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

  @Option(help: "The greatest length of a request's body, in bytes.")
  var contentLengthLimit = 104_857_600

  @Option(help: "The greatest length of a request's body after decompression, in bytes.")
  var decompressedLengthLimit = 134_217_728

  @Option(help: "The greatest length of a gRPC message, in bytes.")
  var grpcMessageLimit = 104_857_600

  @Option(help: "The labels whose value names a tenant, comma-separated.")
  var tenantLabelList = "tenant_id"

  @Flag(help: "Take the tenant labels out before forwarding.")
  var removeTenantLabels = false

  @Option(help: "The tenants that get every series, comma-separated.")
  var defaultTenantList = "0"

  @Flag(help: "Have no default tenants.")
  var disableFullReplication = false

  @Option(help: "The tenants that label values may choose, comma-separated. Without a list, any may be chosen.")
  var allowListedTenants: String?

  @Option(help: "The full URL that loads are POSTed to.")
  var ingesterUpstreamUrl = "http://127.0.0.1:5000"

  @Option(help: "How many upstream requests of one load may be on their way at a time.")
  var maxParallelRequestPerLoad = 64

  @Option(help: "The bytes that loads may hold at a time; beyond them senders are told to come again.")
  var maxBytesInFlight = 268_435_456

  @Option(help: "How many loads may wait or be in work at a time; beyond them senders are told to come again.")
  var maxLoadsInFlight = 4096

  @Option(help: "How long a load may take, retries included.")
  var forwardTimeoutSeconds = 20.0

  @Option(help: "How many upstream requests may be on their way at a time, of all loads.")
  var maxUpstreamRequests = 256

  @Option(help: "How long connecting to the upstream may take.")
  var upstreamConnectTimeoutSeconds = 5.0

  @Flag(help: "Heed http_proxy, https_proxy and no_proxy on the way to the upstream.")
  var upstreamProxyFromEnvironment = false

  @Option(help: "A PEM file with the authorities to trust for https upstreams, instead of the system's.")
  var upstreamCaFile: String?

  @Option(help: "A PEM file with the certificate to show to https upstreams.")
  var upstreamClientCertificateFile: String?

  @Option(help: "A PEM file with that certificate's private key, without a passphrase.")
  var upstreamClientKeyFile: String?

  @Option(help: "A file with user:password on one line, for the upstream.")
  var upstreamBasicAuthFile: String?

  @Option(help: "A file with a token on one line, for the upstream.")
  var upstreamBearerTokenFile: String?

  @Option(help: "A header field NAME=VALUE for every upstream request; may be repeated. No place for secrets.")
  var upstreamHeader: [String] = []

  @Option(help: "How many connections there may be; further ones are closed at once.")
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

  @Option(help: "How long the loads in work may take after SIGTERM.")
  var drainTimeoutSeconds = 15.0

  @Flag(help: "Run the sandbox, an in-memory stand-in for Cortex, and use it as every upstream.")
  var sandbox = false

  @Option(help: "The port of that sandbox; 0 lets the system choose one.")
  var sandboxPort = 19193

  @Option(help: "What is logged: trace, debug, info, notice, warning, error or critical.")
  var logLevel = LogLevel.info
}
