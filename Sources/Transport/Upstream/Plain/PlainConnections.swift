internal import CLinux
internal import Glibc
internal import Model

/// The connections of a driver over which it speaks HTTP/1.1 by itself. Lives on the driver's thread.
///
/// libcurl makes the connections, with all that belongs to it: names, addresses, time limits. The requests over them
/// are written here: most of what a small request costs libcurl is to make one at all.
final class PlainConnections {
  /// A connection that was idle for longer is not used again: what is between here and there may have forgotten it.
  private static let idleLimit = Duration.seconds(118)

  /// Requests whose connection was closed before the server knew of them, to be sent again on another.
  private(set) var lost: [CurlTransfer] = []

  /// The number of requests on their way.
  private(set) var inUse = 0

  /// When the first of the requests on their way runs out of time, or an earlier moment.
  private(set) var nextDeadline: MonotonicTime?

  private let epoll: Int32
  private var connections: [Int32: PlainConnection] = [:]
  private var idle: [PlainConnection] = []
  private var buffer = [UInt8](repeating: 0, count: 16 << 10)

  /// - Parameter epoll: waits for the connections' sockets, whose events go to ``advance(_:_:now:)``.
  init(epoll: Int32) {
    self.epoll = epoll
  }

  /// Begins a request, where there is a connection for it.
  func begin(_ transfer: CurlTransfer, now: MonotonicTime) -> Bool {
    while let index = idle.lastIndex(where: { $0.endpoint === transfer.endpoint }) {
      let connection = idle.remove(at: index)
      if now - connection.idleSince < Self.idleLimit {
        begin(transfer, on: connection)
        return true
      }
      drop(connection)
    }
    return false
  }

  /// Takes over a socket that is connected, with the request that waited for it.
  func adopt(_ socket: Int32, for transfer: CurlTransfer) {
    let connection = PlainConnection(socket: socket, endpoint: transfer.endpoint)
    connections[socket] = connection
    // Edge-triggered: what there is to be told is told once, and the registration never changes.
    var event = epoll_event(
      events: EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue,
      data: epoll_data_t(fd: socket))
    epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event)
    begin(transfer, on: connection)
  }

  /// Deals with an event of a socket.
  ///
  /// - Returns: whether the socket is one of these connections'.
  func advance(_ socket: Int32, _ events: UInt32, now: MonotonicTime) -> Bool {
    guard let connection = connections[socket] else { return false }
    let hasEnded = events & (EPOLLRDHUP.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0
    let end = connection.advance(hasEnded: hasEnded, &buffer)
    if let end, let transfer = connection.takeTransfer() {
      inUse -= 1
      connection.idleSince = now
      if connection.isUsable { idle.append(connection) } else { drop(connection) }
      switch end {
      case .result(let result): transfer.receiver.transferEnded(transfer.tag, result)
      case .lost: lost.append(transfer)
      }
    } else if !connection.isUsable, connection.transfer == nil {
      idle.removeAll { $0 === connection }
      drop(connection)
    }
    return true
  }

  /// The lost requests, which are the caller's now.
  func takeLost() -> [CurlTransfer] {
    defer { lost.removeAll() }
    return lost
  }

  /// Ends the requests whose time has run out.
  func endOverdue(now: MonotonicTime) {
    guard let nextDeadline, nextDeadline <= now else { return }
    endTransfers(with: .timeout) { $0.deadline <= now }
    self.nextDeadline = connections.values.compactMap { $0.transfer?.deadline }.min()
  }

  /// Ends requests, and their connections with them.
  func endTransfers(with result: CurlResult, where isConcerned: (CurlTransfer) -> Bool) {
    for connection in connections.values.filter({ $0.transfer.map(isConcerned) ?? false }) {
      guard let transfer = connection.abort() else { continue }
      inUse -= 1
      drop(connection)
      transfer.receiver.transferEnded(transfer.tag, result)
    }
  }

  private func begin(_ transfer: CurlTransfer, on connection: PlainConnection) {
    inUse += 1
    nextDeadline = min(nextDeadline ?? transfer.deadline, transfer.deadline)
    connection.begin(transfer)
  }

  /// Closes a connection: it is nobody's any more.
  private func drop(_ connection: PlainConnection) {
    connections[connection.socket] = nil
  }
}
