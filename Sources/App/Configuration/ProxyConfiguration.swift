import Actors
import Foundation
import Model
import Transport

/// The proxy's options, understood and checked.
struct ProxyConfiguration {
  let server: ServerConfiguration
  let security: SecurityConfiguration
  let policy: TenancyPolicy
  let forwarder: ForwarderConfiguration
  let upstream: CurlUpstreamConfiguration
  let grpc: GRPCConfiguration
  let contentLengthLimit: Int
  let maximumBytesInFlight: Int
  let maximumLoadsInFlight: Int
  let drainTimeout: Duration

  /// - Throws: `UsageError` for the first value that makes no sense.
  init(_ options: ProxyOptions) throws {
    let check = OptionCheck()
    try check.range(0...65535, options.port, "port")
    try check.range(0...65535, options.sandboxPort, "sandbox-port")
    try check.range(1...Int(Int32.max), options.decompressedLengthLimit, "decompressed-length-limit")
    try check.positive(options.contentLengthLimit, "content-length-limit")
    try check.positive(options.maxBytesInFlight, "max-bytes-in-flight")
    try check.positive(options.maxLoadsInFlight, "max-loads-in-flight")
    try check.positive(options.maxParallelRequestPerLoad, "max-parallel-request-per-load")
    try check.positive(options.maxUpstreamRequests, "max-upstream-requests")
    try check.url(options.ingesterUpstreamUrl, "ingester-upstream-url")

    server = ServerConfiguration(host: options.interface, port: options.port, limits: try Self.limits(options, check))
    security = try SecurityConfiguration(options, check)
    policy = TenancyPolicy(
      defaultTenants: options.disableFullReplication
        ? [] : try check.tenants(options.defaultTenantList, "default-tenant-list"),
      tenantLabels: TenantLabelNames(check.list(options.tenantLabelList)),
      removesTenantLabels: options.removeTenantLabels,
      allowedTenants: try options.allowListedTenants.map { Set(try check.tenants($0, "allow-listed-tenants")) })
    forwarder = ForwarderConfiguration(
      decompressedLengthLimit: options.decompressedLengthLimit,
      maximumParallelRequestsPerLoad: options.maxParallelRequestPerLoad,
      forwardTimeout: try check.seconds(options.forwardTimeoutSeconds, "forward-timeout-seconds"))
    let upstreamSecurity = try UpstreamSecurity(options, check)
    upstream = CurlUpstreamConfiguration(
      url: options.ingesterUpstreamUrl, userAgent: "OM_mt_P/\(Version.current)",
      connectTimeout: try check.seconds(options.upstreamConnectTimeoutSeconds, "upstream-connect-timeout-seconds"),
      maximumRequests: options.maxUpstreamRequests, usesEnvironmentProxy: options.upstreamProxyFromEnvironment,
      tls: upstreamSecurity.files, authorization: upstreamSecurity.authorization, fields: upstreamSecurity.fields)
    try check.positive(options.grpcMessageLimit, "grpc-message-limit")
    grpc = GRPCConfiguration(
      messageLimit: options.grpcMessageLimit, decompressedLimit: options.decompressedLengthLimit)
    contentLengthLimit = options.contentLengthLimit
    maximumBytesInFlight = options.maxBytesInFlight
    maximumLoadsInFlight = options.maxLoadsInFlight
    drainTimeout = try check.seconds(options.drainTimeoutSeconds, "drain-timeout-seconds")
  }

  private static func limits(_ options: ProxyOptions, _ check: OptionCheck) throws -> ServerLimits {
    try check.positive(options.maxConnections, "max-connections")
    try check.positive(options.maxHeaderBytes, "max-header-bytes")
    var limits = ServerLimits()
    limits.maximumConnections = options.maxConnections
    limits.maximumHeaderBytes = options.maxHeaderBytes
    limits.idleTimeout = try check.seconds(options.idleTimeoutSeconds, "idle-timeout-seconds")
    limits.headTimeout = try check.seconds(options.headTimeoutSeconds, "head-timeout-seconds")
    limits.bodyTimeout = try check.seconds(options.bodyTimeoutSeconds, "body-timeout-seconds")
    limits.writeTimeout = try check.seconds(options.writeTimeoutSeconds, "write-timeout-seconds")
    return limits
  }
}
