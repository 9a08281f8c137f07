internal import Model
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
  private let gauge: Gauge
  private let state = Mutex(State())

  /// - Parameter gauge: follows the number of open connections.
  init(limit: Int, gauge: Gauge) {
    self.limit = limit
    self.gauge = gauge
  }

  /// Adds a connection, unless there are too many.
  ///
  /// - Returns: whether it was added.
  func add(_ channel: any Channel) -> Bool {
    let isAdded = state.withLock { state in
      guard state.channels.count < limit, !state.isClosing else { return false }
      state.channels[ObjectIdentifier(channel)] = channel
      return true
    }
    if isAdded {
      gauge.increment()
      channel.closeFuture.whenComplete { _ in self.remove(channel) }
    }
    return isAdded
  }

  private func remove(_ channel: any Channel) {
    gauge.decrement()
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
      abort()
    }
  }

  /// Closes every connection at once.
  func abort() {
    for channel in state.withLock({ Array($0.channels.values) }) { channel.close(promise: nil) }
  }
}
