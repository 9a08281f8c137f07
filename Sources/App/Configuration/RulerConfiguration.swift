import Model
import Transport

/// The options about the ruler, understood and checked.
struct RulerConfiguration {
  private(set) var rulerURL: String
  private(set) var distributorURL: String
  let dialect: RulerDialect
  let timeout: Duration
  let connectTimeout: Duration
  let maximumRequests: Int
  let usesEnvironmentProxy: Bool
  let tls: UpstreamTLSFiles
  let authorization: UpstreamAuthorization?
  let fields: HeaderFields

  /// - Throws: `UsageError` for the first value that makes no sense.
  init(_ options: RulerOptions, _ check: OptionCheck) throws {
    try check.url(options.rulerUpstreamUrl, "ruler-upstream-url")
    try check.url(options.distributorUpstreamUrl, "distributor-upstream-url")
    try check.positive(options.maxRulerRequests, "max-ruler-requests")
    rulerURL = options.rulerUpstreamUrl
    distributorURL = options.distributorUpstreamUrl
    dialect = options.rulerDialect
    timeout = try check.seconds(options.rulerTimeoutSeconds, "ruler-timeout-seconds")
    connectTimeout = try check.seconds(options.rulerConnectTimeoutSeconds, "ruler-connect-timeout-seconds")
    maximumRequests = options.maxRulerRequests
    usesEnvironmentProxy = options.rulerProxyFromEnvironment
    let security = try UpstreamSecurity(options.security, check)
    tls = security.files
    authorization = security.authorization
    fields = security.fields
  }

  /// Makes a sandbox the ruler and the distributor.
  mutating func use(_ sandbox: SandboxServer) {
    rulerURL = sandbox.url
    distributorURL = sandbox.url
  }
}
