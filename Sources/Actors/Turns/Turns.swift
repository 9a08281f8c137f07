import Synchronization

/// Lets one at a time work on a key; keys do not wait for each other.
package final class Turns<Key: Hashable & Sendable>: Sendable {
  private typealias Ticket = TurnsStateMachine<Key>.Ticket

  private struct State: ~Copyable {
    var machine = TurnsStateMachine<Key>()
    var waiters: [Ticket: CheckedContinuation<Void, any Error>] = [:]
  }

  private let state = Mutex(State())

  package init() {}

  /// How many have a turn or wait for one.
  package var count: Int {
    state.withLock { $0.machine.count }
  }

  /// Runs `body` when it is its turn. Those who wait get their turns in the order in which they came.
  ///
  /// - Throws: `CancellationError` where the task is cancelled before that, and what `body` throws.
  package func withTurn<Result>(of key: Key, _ body: () async throws -> Result) async throws -> Result {
    let ticket = try await enter(key)
    defer { leave(ticket) }
    return try await body()
  }

  private func enter(_ key: Key) async throws -> Ticket {
    let (ticket, hasTurn) = state.withLock { $0.machine.enter(key) }
    if hasTurn { return ticket }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { wait(with: ticket, $0) }
    } onCancel: {
      giveUp(ticket)
    }
    return ticket
  }

  private func wait(with ticket: Ticket, _ continuation: CheckedContinuation<Void, any Error>) {
    let isFirst = state.withLock { state in
      state.waiters[ticket] = continuation
      return state.machine.hasTurn(ticket)
    }
    // The turn may have come, or the wait have been given up, before there was anybody to tell.
    if isFirst { return resume(ticket) }
    if Task.isCancelled { giveUp(ticket) }
  }

  private func giveUp(_ ticket: Ticket) {
    guard let waiter = state.withLock({ $0.waiters.removeValue(forKey: ticket) }) else { return }
    leave(ticket)
    waiter.resume(throwing: CancellationError())
  }

  private func leave(_ ticket: Ticket) {
    if let next = state.withLock({ $0.machine.leave(ticket) }) { resume(next) }
  }

  private func resume(_ ticket: Ticket) {
    state.withLock { $0.waiters.removeValue(forKey: ticket) }?.resume()
  }
}
