import Model
import Testing

@testable import Actors

@Suite struct DeliveryEventsTests {
  private typealias Pause = DeliveryStateMachine.Actions.Pause

  private let events = DeliveryEvents()

  private static func pause(_ index: Int) -> Pause {
    Pause(index: index, until: MonotonicTime(nanoseconds: 5))
  }

  @Test func pausesAreToldBeforeTheEnd() async {
    events.add([Self.pause(1)])
    events.add([Self.pause(2), Self.pause(3)])
    events.end()
    #expect(await events.next() == [1, 2, 3].map(Self.pause))
    #expect(await events.next() == nil)
    #expect(await events.next() == nil)
  }

  @Test func whoWaitsIsWoken() async {
    async let first = events.next()
    events.add([Self.pause(1)])
    #expect(await first == [Self.pause(1)])
    async let second = events.next()
    events.end()
    #expect(await second == nil)
  }

  /// What was given up is over only when the upstream has said so.
  @Test func theEndIsWaitedForByACancelledTask() async {
    let waiting = Task { [events] in
      while !Task.isCancelled { await Task.yield() }
      return await events.next()
    }
    waiting.cancel()
    events.add([Self.pause(7)])
    #expect(await waiting.value == [Self.pause(7)])
    events.end()
    #expect(await events.next() == nil)
  }
}
