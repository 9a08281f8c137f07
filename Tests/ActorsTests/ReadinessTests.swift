import Testing

@testable import Actors

@Suite struct ReadinessTests {
  @Test func aProcessIsReadyUnlessSomebodyObjects() {
    let readiness = Readiness()
    #expect(readiness.obstacles.isEmpty)
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
}
