/// The methods that are served.
enum GRPCMethod: String, CaseIterable, Sendable {
  case push = "/distributor.Distributor/Push"
  case handle = "/httpgrpc.HTTP/Handle"
  case checkHealth = "/grpc.health.v1.Health/Check"
  case watchHealth = "/grpc.health.v1.Health/Watch"
  case reflect = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"
  case reflectAlpha = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"

  /// Finds a method by its path.
  ///
  /// - Throws: UNIMPLEMENTED where there is none.
  init(path: Substring) throws(GRPCStatus) {
    guard let method = GRPCMethod(rawValue: String(path)) else { throw Self.unknown(path) }
    self = method
  }

  /// The full name of the service.
  var service: Substring {
    rawValue.dropFirst().prefix { $0 != "/" }
  }

  /// Whether its message goes to the connection's handler. The others are answered here.
  var isForwarded: Bool {
    switch self {
    case .push, .handle: true
    case .checkHealth, .watchHealth, .reflect, .reflectAlpha: false
    }
  }

  /// Whether a client may send any number of messages, rather than one.
  var takesStream: Bool {
    switch self {
    case .reflect, .reflectAlpha: true
    case .push, .handle, .checkHealth, .watchHealth: false
    }
  }

  private static func unknown(_ path: Substring) -> GRPCStatus {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].isEmpty else {
      return GRPCStatus(.unimplemented, "malformed method name: \(path)")
    }
    guard allCases.contains(where: { $0.service == parts[1] }) else {
      return GRPCStatus(.unimplemented, "unknown service \(parts[1])")
    }
    return GRPCStatus(.unimplemented, "unknown method \(parts[2]) for service \(parts[1])")
  }
}
