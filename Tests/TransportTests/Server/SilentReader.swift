import Glibc

/// A connection on which a request is sent and whose answer is never read.
final class SilentReader: Sendable {
  private let socket: CInt

  init(port: Int, request: String) throws {
    socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port)).bigEndian
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0, write(socket, request, request.utf8.count) == request.utf8.count else {
      throw POSIXFailure(code: errno)
    }
  }

  /// Closes the connection.
  func close() {
    Glibc.close(socket)
  }
}
