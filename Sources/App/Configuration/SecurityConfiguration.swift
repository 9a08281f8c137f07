import Actors
import Model
import Transport

/// The options about encryption and permission on the ports, understood and checked.
struct SecurityConfiguration {
  let tls: TLSConfiguration?
  let bearerTokenFile: String?
  let basicAuthFile: String?
  let protectsMetrics: Bool

  /// - Throws: `UsageError` for what is given by halves.
  init(_ options: ListenerOptions, _ check: OptionCheck) throws(UsageError) {
    let pair = try check.pair(
      (options.tlsCertificateFile, "tls-certificate-file"), (options.tlsKeyFile, "tls-key-file"))
    if options.tlsClientCaFile != nil, pair == nil {
      throw UsageError("--tls-client-ca-file needs --tls-certificate-file and --tls-key-file")
    }
    let timeout = try check.seconds(options.tlsHandshakeTimeoutSeconds, "tls-handshake-timeout-seconds")
    tls = pair.map {
      TLSConfiguration(
        certificateFile: $0.0, keyFile: $0.1, clientCAFile: options.tlsClientCaFile, handshakeTimeout: timeout)
    }
    bearerTokenFile = options.bearerTokenFile
    basicAuthFile = options.basicAuthFile
    protectsMetrics = options.protectMetrics
    if protectsMetrics, bearerTokenFile == nil, basicAuthFile == nil {
      throw UsageError("--protect-metrics needs --bearer-token-file or --basic-auth-file")
    }
  }
}
