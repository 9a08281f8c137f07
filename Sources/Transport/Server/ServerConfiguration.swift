/// Where a server listens, and what it lets its peers do.
package struct ServerConfiguration: Sendable {
  /// The address, IPv4 or IPv6, or a name.
  package var host: String
  /// The port; 0 lets the system choose one.
  package var port: Int
  /// What peers may do.
  package var limits: ServerLimits

  package init(host: String, port: Int, limits: ServerLimits = ServerLimits()) {
    self.host = host
    self.port = port
    self.limits = limits
  }
}
