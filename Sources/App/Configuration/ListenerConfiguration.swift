import Model
import Transport

/// The options about the ports, understood and checked.
struct ListenerConfiguration {
  /// The address that both roles listen on.
  let host: String
  let limits: ServerLimits
  let security: SecurityConfiguration

  /// - Throws: `UsageError` for the first value that makes no sense.
  init(_ options: ListenerOptions, _ check: OptionCheck) throws {
    host = options.interface
    limits = try Self.limits(options, check)
    security = try SecurityConfiguration(options, check)
  }

  /// What the server of a role needs to know.
  func server(port: Int) -> ServerConfiguration {
    ServerConfiguration(host: host, port: port, limits: limits)
  }

  private static func limits(_ options: ListenerOptions, _ check: OptionCheck) throws -> ServerLimits {
    try check.positive(options.maxConnections, "max-connections")
    try check.range(1...Int(Int32.max), options.maxHeaderBytes, "max-header-bytes")
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
