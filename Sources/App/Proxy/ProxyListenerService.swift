import Actors
import Logging
import Model
import ServiceLifecycle
import Transport

/// Listens for the proxy, and drains it at the end.
///
/// At the end the process says first that it is not ready and takes no more loads, while it still
/// listens, so that whoever asks is told so; when the loads in work are done it closes the door. Both
/// together have a limit.
struct ProxyListenerService: Service {
  private enum Event {
    case listenerClosed
    case drained
  }

  let listener: Listener
  let readiness: Readiness
  let loads: Mailbox<Load>
  let drainTimeout: Duration
  let time: any TimeSource
  let logger: Logger

  func run() async throws {
    try await withThrowingTaskGroup(of: Event.self) { group in
      group.addTask {
        try await listener.closed()
        return .listenerClosed
      }
      group.addTask {
        do {
          try await gracefulShutdown()
        } catch {
          // Another part of the process has failed. There is nobody left to work for.
          await listener.abort()
          return .drained
        }
        await drain()
        return .drained
      }
      if try await group.next() == .listenerClosed, !Task.isShuttingDownGracefully, !Task.isCancelled {
        group.cancelAll()
        throw EndedUnexpectedly(name: "listener")
      }
    }
  }

  private func drain() async {
    logger.notice("shutting down: \(loads.count) loads in flight")
    readiness.block(.draining, "shutting down")
    let isDrained = await Deadline.run(within: drainTimeout, on: time) {
      await loads.emptied()
      await listener.close()
    }
    if !isDrained {
      logger.warning("drain timeout: \(loads.count) loads are given up, and the connections that are left are closed")
    }
  }
}
