/// Why a TLS connection ended.
package enum TLSError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What the peer sent is not what TLS has come to expect, or its certificate is not one to trust.
  case refused(String)
  /// The handshake took too long.
  case handshakeTimeout
  /// The peer sent more than a handshake needs.
  case handshakeTooLong
  /// The connection went before the handshake was done.
  case closedDuringHandshake

  package var description: String {
    switch self {
    case .refused(let reason): reason
    case .handshakeTimeout: "the handshake did not end in time"
    case .handshakeTooLong: "the handshake is too long"
    case .closedDuringHandshake: "closed during the handshake"
    }
  }
}
