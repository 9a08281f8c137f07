import Model
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

  /// A task that is cancelled while a value wakes it: either holds what the other asks for, were it not for some care.
  /// Where that is missing, this does not fail, but stands still.
  @Test func aListenerMayBeCancelledWhileAValueIsSent() async {
    for _ in 0..<2000 {
      let broadcast = Broadcast<Int>()
      let reader = Task {
        for await _ in broadcast.values() {}
      }
      let sender = Task {
        for value in 0..<20 {
          broadcast.send(value)
          await Task.yield()
        }
      }
      for _ in 0..<5 { await Task.yield() }
      reader.cancel()
      await reader.value
      await sender.value
    }
  }
}
