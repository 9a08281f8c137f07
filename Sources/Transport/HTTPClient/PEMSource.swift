/// Where certificates or a key are, in PEM.
package enum PEMSource: Sendable, Hashable {
  /// A file, read anew for new connections.
  case file(String)
  case bytes([UInt8])
}
