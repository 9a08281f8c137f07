import NIOCore
import Synchronization

/// The connections of a ``ScriptedUpstream``.
final class OpenConnections: Sendable {
  private struct State {
    var channels: [Int: any Channel] = [:]
    var isClosed = false
  }

  private let state = Mutex(State())

  /// Adds a connection. One that comes when all are to be closed is closed at once.
  func add(_ channel: any Channel, _ number: Int) {
    let isClosed = state.withLock { state in
      if !state.isClosed { state.channels[number] = channel }
      return state.isClosed
    }
    if isClosed { channel.close(promise: nil) }
  }

  func remove(_ number: Int) {
    state.withLock { $0.channels[number] = nil }
  }

  /// Closes all connections, and those that come later.
  func closeAll() {
    let channels = state.withLock { state in
      state.isClosed = true
      return state.channels.values
    }
    for channel in channels { channel.close(promise: nil) }
  }
}
