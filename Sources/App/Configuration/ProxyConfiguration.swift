import Actors
import Model
import Transport

/// The proxy's options, understood and checked.
struct ProxyConfiguration {
  let policy: TenancyPolicy
  /// The namespaces of Kubernetes whose resources name tenants; `nil` for all.
  let namespaces: Set<String>?
  let forwarder: ForwarderConfiguration
  /// `nil` where every request goes at once.
  let batching: BatchingConfiguration?
  var upstream: CurlUpstreamConfiguration
  let grpc: GRPCConfiguration
  let contentLengthLimit: Int
  let maximumBytesInFlight: Int
  let maximumLoadsInFlight: Int

  /// - Parameter hasTenantSource: whether a rule store names tenants.
  /// - Throws: `UsageError` for the first value that makes no sense.
  init(_ options: ProxyOptions, hasTenantSource: Bool, _ check: OptionCheck) throws {
    try check.range(1...Int(Int32.max), options.decompressedLengthLimit, "decompressed-length-limit")
    try check.positive(options.contentLengthLimit, "content-length-limit")
    try check.positive(options.maxBytesInFlight, "max-bytes-in-flight")
    try check.positive(options.maxLoadsInFlight, "max-loads-in-flight")
    try check.positive(options.maxParallelRequestPerLoad, "max-parallel-request-per-load")
    try check.positive(options.maxUpstreamRequests, "max-upstream-requests")
    try check.positive(options.grpcMessageLimit, "grpc-message-limit")
    try check.url(options.ingesterUpstreamUrl, "ingester-upstream-url")

    policy = TenancyPolicy(
      defaultTenants: options.disableFullReplication
        ? [] : try check.tenants(options.defaultTenantList, "default-tenant-list"),
      fallbackTenant: try options.fallbackTenant.map { try check.tenant($0, "fallback-tenant") },
      tenantLabels: TenantLabelNames(check.list(options.tenantLabelList)),
      removesTenantLabels: options.removeTenantLabels,
      allowedTenants: try options.allowListedTenants.map { Set(try check.tenants($0, "allow-listed-tenants")) },
      hasTenantSources: hasTenantSource)
    namespaces = try check.namespaces(options.proxyNamespace, "proxy-namespace")
    forwarder = ForwarderConfiguration(
      decompressedLengthLimit: options.decompressedLengthLimit,
      maximumParallelRequestsPerLoad: options.maxParallelRequestPerLoad,
      forwardTimeout: try check.seconds(options.forwardTimeoutSeconds, "forward-timeout-seconds"),
      replicaLabels: options.batchRequestsBeyond > 0 ? Self.replicaLabels(options, check) : nil)
    batching = try Self.batching(options, check)
    let security = try UpstreamSecurity(options.upstreamSecurity, check)
    upstream = CurlUpstreamConfiguration(
      url: options.ingesterUpstreamUrl, userAgent: "OM_mt_P/\(Version.current)",
      connectTimeout: try check.seconds(options.upstreamConnectTimeoutSeconds, "upstream-connect-timeout-seconds"),
      maximumRequests: options.maxUpstreamRequests, usesEnvironmentProxy: options.upstreamProxyFromEnvironment,
      tls: security.files, authorization: security.authorization, fields: security.fields)
    grpc = GRPCConfiguration(
      messageLimit: options.grpcMessageLimit, decompressedLimit: options.decompressedLengthLimit)
    contentLengthLimit = options.contentLengthLimit
    maximumBytesInFlight = options.maxBytesInFlight
    maximumLoadsInFlight = options.maxLoadsInFlight
  }

  private static func batching(_ options: ProxyOptions, _ check: OptionCheck) throws(UsageError)
    -> BatchingConfiguration?
  {
    try check.range(0...Int(Int32.max), options.batchRequestsBeyond, "batch-requests-beyond")
    try check.range(1...Int(Int32.max), options.batchLengthLimit, "batch-length-limit")
    let longestWait = try check.seconds(options.batchWaitSeconds, "batch-wait-seconds")
    guard options.batchRequestsBeyond > 0 else { return nil }
    return BatchingConfiguration(
      requestsBeforeWaiting: options.batchRequestsBeyond, lengthLimit: options.batchLengthLimit,
      longestWait: longestWait)
  }

  private static func replicaLabels(_ options: ProxyOptions, _ check: OptionCheck) -> ReplicaLabels {
    ReplicaLabels(clusters: check.list(options.haClusterLabelList), replicas: check.list(options.haReplicaLabelList))
  }
}
