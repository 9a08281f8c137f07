import Model
import Transport

/// The options about the ruler, understood and checked.
struct RulerConfiguration {
  private(set) var client: RulerClientConfiguration
  let http: HTTPClientConfiguration

  /// - Throws: `UsageError` for the first value that makes no sense.
  init(_ options: RulerOptions, _ check: OptionCheck) throws {
    try check.url(options.rulerUpstreamUrl, "ruler-upstream-url")
    try check.url(options.distributorUpstreamUrl, "distributor-upstream-url")
    try check.positive(options.maxRulerRequests, "max-ruler-requests")
    let security = try UpstreamSecurity(options.security, check)
    client = RulerClientConfiguration(
      rulerURL: options.rulerUpstreamUrl, distributorURL: options.distributorUpstreamUrl,
      dialect: options.rulerDialect, fields: security.fields, authorization: security.authorization,
      timeout: try check.seconds(options.rulerTimeoutSeconds, "ruler-timeout-seconds"))
    http = HTTPClientConfiguration(
      userAgent: "OM_mt_I/\(Version.current)", tls: HTTPClientTLS(security.files),
      usesEnvironmentProxy: options.rulerProxyFromEnvironment,
      connectTimeout: try check.seconds(options.rulerConnectTimeoutSeconds, "ruler-connect-timeout-seconds"),
      maximumRequests: options.maxRulerRequests)
  }

  /// Makes a sandbox the ruler and the distributor.
  mutating func use(_ sandbox: SandboxServer) {
    client.rulerURL = sandbox.url
    client.distributorURL = sandbox.url
  }
}
