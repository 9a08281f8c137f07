internal import NIOCore
internal import Synchronization

/// The open connections of a server.
final class ConnectionTable: Sendable {
  private struct State {
    var channels: [ObjectIdentifier: any Channel] = [:]
    var isClosing = false
    var emptied: CheckedContinuation<Void, Never>?
  }

  private let limit: Int
  private let state = Mutex(State())

  init(limit: Int) {
    self.limit = limit
  }

  /// The number of open connections.
  var count: Int { state.withLock { $0.channels.count } }

  /// Adds a connection, unless there are too many.
  ///
  /// - Returns: whether it was added.
  func add(_ channel: any Channel) -> Bool {
    let isAdded = state.withLock { state in
      guard state.channels.count < limit, !state.isClosing else { return false }
      state.channels[ObjectIdentifier(channel)] = channel
      return true
    }
    if isAdded { channel.closeFuture.whenComplete { _ in self.remove(channel) } }
    return isAdded
  }

  private func remove(_ channel: any Channel) {
    let emptied = state.withLock { state in
      state.channels[ObjectIdentifier(channel)] = nil
      return state.channels.isEmpty ? state.emptied.take() : nil
    }
    emptied?.resume()
  }

  /// Lets every connection end what it is at, and returns when there are none left. Where the task is
  /// cancelled they are closed at once.
  func close() async {
    await withTaskCancellationHandler {
      let channels = state.withLock { state in
        state.isClosing = true
        return Array(state.channels.values)
      }
      for channel in channels { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
      await withCheckedContinuation { continuation in
        let isEmpty = state.withLock { state in
          if !state.channels.isEmpty { state.emptied = continuation }
          return state.channels.isEmpty
        }
        if isEmpty { continuation.resume() }
      }
    } onCancel: {
      for channel in state.withLock({ Array($0.channels.values) }) { channel.close(promise: nil) }
    }
  }
}
