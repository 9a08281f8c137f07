import Synchronization
import Testing

@testable import Actors

@Suite struct ReadinessTests {
  /// What an observer reads every time it is told.
  private final class Readings: Sendable {
    let all = Mutex<[Bool]>([])
  }

  @Test func aProcessIsReadyUnlessSomebodyObjects() {
    let readiness = Readiness()
    #expect(readiness.obstacles.isEmpty)
    #expect(readiness.isReady)
    #expect(!readiness.isDraining)
  }

  @Test func obstaclesAreToldInTheirOrder() {
    let readiness = Readiness()
    readiness.block(.draining, "shutting down")
    readiness.block(.routing, "no list yet")
    #expect(readiness.obstacles == ["routing: no list yet", "draining: shutting down"])
    #expect(readiness.isDraining)
  }

  @Test func anObstacleIsReplacedAndWithdrawn() {
    let readiness = Readiness()
    readiness.block(.routing, "no list from a, b")
    readiness.block(.routing, "no list from b")
    #expect(readiness.obstacles == ["routing: no list from b"])
    readiness.clear(.draining)
    readiness.clear(.routing)
    readiness.clear(.routing)
    #expect(readiness.obstacles.isEmpty)
  }

  @Test func onlyDrainingIsDraining() {
    let readiness = Readiness()
    readiness.block(.routing, "no list yet")
    #expect(!readiness.isDraining)
  }

  // MARK: Observers

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
