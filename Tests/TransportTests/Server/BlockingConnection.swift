import Glibc

/// A connection by system calls: its request is sent as soon as it is open, however busy the tests are,
/// and nothing is read before a test asks for it.
final class BlockingConnection: Sendable {
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

  /// Reads until the server closes the connection.
  func readToEnd() -> String {
    var text: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(socket, &piece, piece.count)
      guard count > 0 else { return String(decoding: text, as: UTF8.self) }
      text += piece.prefix(count)
    }
  }

  /// Closes the connection.
  func close() {
    Glibc.close(socket)
  }
}
