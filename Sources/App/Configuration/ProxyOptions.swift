import ArgumentParser

/// What the proxy can be told on the command line.
struct ProxyOptions: ParsableArguments {
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

  @Option(help: "The tenant that gets the series that name none, and metadata that comes alone.")
  var fallbackTenant: String?

  @Option(
    help: """
      The tenants that label values may choose, comma-separated; those of the rule store come on top. Without a list \
      and without a store, any may be chosen.
      """)
  var allowListedTenants: String?

  @Option(
    help: """
      The namespaces whose OpenMetricsRule resources name allowed tenants, comma-separated, or *; also as \
      OPEN_METRICS_PROXY_NAMESPACE.
      """)
  var proxyNamespace = "default"

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

  @Option(
    help: """
      How many requests of a tenant may be on their way before the shares of further loads wait, to go together as one \
      request; 0 for never.
      """)
  var batchRequestsBeyond = 0

  @Option(help: "The greatest length of several shares together before compression, in bytes.")
  var batchLengthLimit = 4_194_304

  @Option(help: "How long a share waits for others to end before it goes all the same.")
  var batchWaitSeconds = 1.0

  @Option(
    help: """
      The labels by which the upstream tells highly available pairs apart, comma-separated: the shares of two replicas \
      go in different requests.
      """)
  var haClusterLabelList = "cluster"

  @Option(help: "The labels by which the upstream tells the replicas of such a pair apart, comma-separated.")
  var haReplicaLabelList = "__replica__"

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

  /// What is said of encryption and permission on the way to the upstream.
  var upstreamSecurity: UpstreamSecurityOptions {
    UpstreamSecurityOptions(
      prefix: "upstream", caFile: upstreamCaFile, clientCertificateFile: upstreamClientCertificateFile,
      clientKeyFile: upstreamClientKeyFile, basicAuthFile: upstreamBasicAuthFile,
      bearerTokenFile: upstreamBearerTokenFile, headers: upstreamHeader)
  }
}
