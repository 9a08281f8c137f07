import Synchronization

/// The way to hand work to an actor: an AsyncStream behind permits.
///
/// An AsyncStream alone has no backpressure. Here every message takes a permit before it enters, and
/// gives it back when the work on it is done; without a permit it is refused at once, and the caller
/// tells its own peer to come again. So neither the waiting messages nor those in work ever exceed
/// the capacity.
package final class Mailbox<Message: Sendable>: Sendable {
  private struct Waiters {
    var continuations: [Int: CheckedContinuation<Void, Never>] = [:]
    var lastNumber = 0
  }

  /// The greatest number of messages that wait or are in work.
  package let capacity: Int

  /// The messages, for the one actor that works on them. Ends after ``close()``.
  package let messages: AsyncStream<Message>

  private let continuation: AsyncStream<Message>.Continuation
  private let inUse = Atomic<Int>(0)
  private let waiters = Mutex(Waiters())

  package init(capacity: Int) {
    self.capacity = capacity
    (messages, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(capacity))
  }

  deinit {
    continuation.finish()
  }

  /// The number of messages that wait or are in work.
  package var count: Int { inUse.load(ordering: .relaxed) }

  /// Hands a message over, unless the mailbox is full or closed.
  ///
  /// - Parameter entrance: of another stream that shares this mailbox's permits.
  /// - Returns: whether it was taken.
  package func offer(_ message: Message, by entrance: AsyncStream<Message>.Continuation? = nil) -> Bool {
    guard inUse.wrappingAdd(1, ordering: .relaxed).newValue <= capacity else {
      release()
      return false
    }
    guard case .enqueued = (entrance ?? continuation).yield(message) else {
      release()
      return false
    }
    return true
  }

  /// Gives a message's permit back: the work on it is done.
  package func release() {
    if inUse.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue == 0 { wakeWaiters() }
  }

  /// Returns at a moment when no message waits or is in work, or when the task is cancelled.
  package func emptied() async {
    let number = waiters.withLock { waiters in
      waiters.lastNumber += 1
      return waiters.lastNumber
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        waiters.withLock { $0.continuations[number] = continuation }
        // What is waited for may have happened before there was anybody to tell.
        if inUse.load(ordering: .acquiring) == 0 || Task.isCancelled { wake(number) }
      }
    } onCancel: {
      wake(number)
    }
  }

  private func wake(_ number: Int) {
    waiters.withLock { $0.continuations.removeValue(forKey: number) }?.resume()
  }

  private func wakeWaiters() {
    let woken = waiters.withLock { waiters in
      defer { waiters.continuations.removeAll() }
      return waiters.continuations
    }
    for waiter in woken.values { waiter.resume() }
  }

  /// Takes no more messages. Those that wait are still delivered.
  package func close() {
    continuation.finish()
  }
}
