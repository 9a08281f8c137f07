import Glibc

/// Finds ports that nobody listens on.
package enum FreePort {
  /// A port of the loopback interface that was free a moment ago. Another process may take it before
  /// the caller does: where a program can listen on port 0, rather let it.
  package static func find() throws -> Int {
    let socket = try SystemError.check(
      "socket", Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0))
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    try withUnsafeMutablePointer(to: &address) { pointer in
      try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        try SystemError.check("bind", bind(socket, pointer, length))
        try SystemError.check("getsockname", getsockname(socket, pointer, &length))
      }
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
