import Dispatch
import Foundation
import Model
import Synchronization
import Testing

@Suite struct BroadcastTests {
  private let broadcast = Broadcast<Int>()

  @Test func whoComesLaterBeginsWithTheNewest() async {
    var early = broadcast.values().makeAsyncIterator()
    broadcast.send(1)
    #expect(await early.next() == 1)
    broadcast.send(2)
    var late = broadcast.values().makeAsyncIterator()
    #expect(await late.next() == 2)
    #expect(await early.next() == 2)
    #expect(broadcast.newest == 2)
  }

  @Test func whoIsSlowMissesSome() async {
    var values = broadcast.values().makeAsyncIterator()
    for value in 1...5 { broadcast.send(value) }
    #expect(await values.next() == 5)
  }

  @Test func theEndComesAfterWhatIsLeft() async {
    var values = broadcast.values().makeAsyncIterator()
    broadcast.send(1)
    broadcast.finish()
    #expect(await values.next() == 1)
    #expect(await values.next() == nil)
    var late = broadcast.values().makeAsyncIterator()
    #expect(await late.next() == 1)
    #expect(await late.next() == nil)
  }

  @Test func itEndsWithItsSender() async {
    var sender: Broadcast<Int>? = Broadcast()
    let values = sender?.values()
    sender = nil
    var iterator = values?.makeAsyncIterator()
    #expect(await iterator?.next() == nil)
  }

  /// Whoever sends and listens at the same time, everybody sees the last value, and none before an earlier one.
  @Test func manyMayListenWhileManyAreSent() async {
    let broadcast = broadcast
    await withTaskGroup { group in
      for _ in 0..<8 {
        group.addTask {
          var last = 0
          for await value in broadcast.values() {
            #expect(value >= last)
            last = value
            if value == 1000 { return }
          }
        }
      }
      group.addTask {
        for value in 1...1000 { broadcast.send(value) }
      }
    }
  }

  /// A listener may end under the lock of its task, which waking it asks for: so its end may not wait until a value is
  /// passed on.
  @Test func aListenerEndsWhileAValueIsPassedOn() async {
    let broadcast = Broadcast<LastWord?>()
    let listener = Mutex<AsyncStream<LastWord?>?>(broadcast.values())
    let hasEnded = Mutex(false)
    // Whoever passes a value on drops the one before it, at the same moment.
    broadcast.send(
      LastWord {
        let ended = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
          listener.withLock { $0 = nil }
          ended.signal()
        }
        hasEnded.withLock { $0 = ended.wait(timeout: .now() + 10) == .success }
      })
    if let stream = listener.withLock({ $0 }) {
      for await _ in stream.map({ _ in true }).prefix(1) {}
    }
    broadcast.send(nil)
    #expect(hasEnded.withLock { $0 })
  }

  /// Does something when nobody has it any more.
  private final class LastWord: Sendable {
    private let say: @Sendable () -> Void

    init(_ say: @escaping @Sendable () -> Void) {
      self.say = say
    }

    deinit {
      say()
    }
  }
}
