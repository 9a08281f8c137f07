import ArgumentParser
import Model

/// What the informer can be told of the way to the ruler and the distributor.
struct RulerOptions: ParsableArguments {
  @Option(help: "The URL under which the ruler has its API.")
  var rulerUpstreamUrl = "http://127.0.0.1:8080/"

  @Option(help: "The URL under which the distributor names its tenants.")
  var distributorUpstreamUrl = "http://127.0.0.1:8080/"

  @Option(help: "Whose API it is: cortex or mimir.")
  var rulerDialect = RulerDialect.cortex

  @Option(help: "How long a request to the ruler may take, connecting included.")
  var rulerTimeoutSeconds = 30.0

  @Option(help: "How long connecting to the ruler may take.")
  var rulerConnectTimeoutSeconds = 5.0

  @Option(help: "How many requests to the ruler may be on their way at a time.")
  var maxRulerRequests = 16

  @Flag(help: "Heed http_proxy, https_proxy and no_proxy on the way to the ruler.")
  var rulerProxyFromEnvironment = false

  @Option(help: "A PEM file with the authorities to trust for an https ruler, instead of the system's.")
  var rulerCaFile: String?

  @Option(help: "A PEM file with the certificate to show to an https ruler.")
  var rulerClientCertificateFile: String?

  @Option(help: "A PEM file with that certificate's private key, without a passphrase.")
  var rulerClientKeyFile: String?

  @Option(help: "A file with user:password on one line, for the ruler.")
  var rulerBasicAuthFile: String?

  @Option(help: "A file with a token on one line, for the ruler.")
  var rulerBearerTokenFile: String?

  @Option(help: "A header field NAME=VALUE for every request to the ruler; may be repeated. No place for secrets.")
  var rulerHeader: [String] = []

  /// What is said of encryption and permission on the way to the ruler.
  var security: UpstreamSecurityOptions {
    UpstreamSecurityOptions(
      prefix: "ruler", caFile: rulerCaFile, clientCertificateFile: rulerClientCertificateFile,
      clientKeyFile: rulerClientKeyFile, basicAuthFile: rulerBasicAuthFile, bearerTokenFile: rulerBearerTokenFile,
      headers: rulerHeader)
  }
}
