import Actors
import Model
import Synchronization
import Testing

@Suite struct ReadinessTests {
  /// What an observer reads every time it is told.
  private final class Readings: Sendable {
    let all = Mutex<[Bool]>([])
  }

  @Test func aProcessIsReadyWhenNothingKeepsItFromThat() {
    let readiness = Readiness()
    #expect(readiness.isReady)
    readiness.block(.routing, "no list")
    readiness.block(.draining, "shutting down")
    #expect(!readiness.isReady)
    #expect(readiness.obstacles == ["routing: no list", "draining: shutting down"])
    readiness.clear(.routing)
    #expect(!readiness.isReady)
    #expect(readiness.isDraining)
    readiness.clear(.draining)
    #expect(readiness.isReady)
  }

  @Test func observersAreToldOfChangesOnly() {
    let readiness = Readiness()
    let readings = Readings()
    let observation = readiness.observe { readings.all.withLock { $0.append(readiness.isReady) } }
    readiness.clear(.routing)
    readiness.block(.routing, "no list")
    readiness.block(.routing, "still no list")
    readiness.block(.draining, "shutting down")
    readiness.clear(.routing)
    readiness.clear(.draining)
    #expect(readings.all.withLock { $0 } == [false, true])
    readiness.stopObserving(observation)
    readiness.block(.routing, "no list")
    #expect(readings.all.withLock { $0 } == [false, true])
  }

  @Test func everyObserverIsTold() {
    let readiness = Readiness()
    let count = Atomic(0)
    _ = readiness.observe { count.wrappingAdd(1, ordering: .relaxed) }
    let second = readiness.observe { count.wrappingAdd(10, ordering: .relaxed) }
    readiness.block(.routing, "no list")
    readiness.stopObserving(second)
    readiness.clear(.routing)
    #expect(count.load(ordering: .relaxed) == 12)
  }
}
