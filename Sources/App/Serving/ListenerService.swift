import Actors
import Logging
import Model
import ServiceLifecycle
import Transport

/// Listens for a role, and drains it at the end.
///
/// At the end the process says first that it is not ready and takes no more work, while it still
/// listens, so that whoever asks is told so; when the work that there is is done it closes the door. Both
/// together have a limit.
struct ListenerService<Work: Sendable>: Service {
  private enum Event {
    case listenerClosed
    case drained
  }

  let role: Role
  let listener: Listener
  let readiness: Readiness
  /// What comes over the connections, and what it is called in the log.
  let work: (mailbox: Mailbox<Work>, noun: String)
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
        throw EndedUnexpectedly(name: "listener of the \(role.rawValue)")
      }
    }
  }

  private func drain() async {
    logger.notice("\(role.rawValue) shutting down: \(work.mailbox.count) \(work.noun) in flight")
    readiness.block(.draining, "shutting down")
    let isDrained = await Deadline.run(within: drainTimeout, on: time) {
      await work.mailbox.emptied()
      await listener.close()
    }
    if !isDrained {
      logger.warning(
        """
        drain timeout: \(work.mailbox.count) \(work.noun) are given up, and the connections that are left are closed
        """)
    }
  }
}
