import Model
import TestSupport
import Testing

@testable import Actors

@Suite struct PassScheduleFuzzTests {
  /// Whatever happens: no tenant twice at a time, no more at a time than may be, and nobody is forgotten.
  @Test(arguments: 0..<40)
  func anyCourseOfEvents(seed: UInt64) throws {
    var driver = try PassScheduleDriver(seed: seed)
    for _ in 0..<2000 { driver.step() }
    driver.finish()
    let faults = driver.faults
    #expect(faults.isEmpty)
  }
}

/// Plays the tenants' passes and the clock.
private struct PassScheduleDriver: ~Copyable {
  private(set) var faults: [String] = []
  private var random: SplitMix64
  private var now = MonotonicTime(nanoseconds: 0)
  private let parallelism: Int
  private let tenants: [TenantID]
  private var schedule: PassSchedule
  private var running: Set<TenantID> = []
  private var pauses: [PassSchedule.Pause] = []
  /// Those that something has changed for since their last pass began.
  private var unseen: Set<TenantID> = []

  init(seed: UInt64) throws {
    random = SplitMix64(seed: seed)
    parallelism = 1 + random.below(4)
    tenants = try (0..<8).map { try TenantID("t\($0)") }
    schedule = PassSchedule(
      parallelism: parallelism, backoff: PassBackoff(initial: .seconds(1), maximum: .seconds(10)))
  }

  mutating func step() {
    now = now + .milliseconds(random.below(500))
    switch random.below(8) {
    case 0:
      let changed = tenants.filter { _ in random.oneIn(4) }
      unseen.formUnion(changed)
      take(schedule.changed(changed))
    case 1: take(schedule.due(tenants))
    case 2: endPauses()
    case 3 where random.oneIn(20):
      schedule.stop()
      unseen = []
    default: endPass(random.oneIn(3) ? anyEnd() : .done)
    }
  }

  /// Everybody succeeds from now on.
  mutating func finish() {
    for _ in 0..<1000 {
      now = now + .seconds(60)
      endPauses()
      endPass(.done)
    }
    if !unseen.isEmpty { faults.append("\(unseen) changed and nobody looked") }
    unseen = Set(tenants)
    take(schedule.due(tenants))
    for _ in tenants { endPass(.done) }
    if !unseen.isEmpty || !running.isEmpty { faults.append("\(unseen) are never looked at, \(running) always") }
  }

  private mutating func anyEnd() -> PassEnd {
    random.pick([
      .unfinished, .failed(retryAfter: nil), .failed(retryAfter: .seconds(random.below(20))), .notLeading,
    ])
  }

  private mutating func endPass(_ end: PassEnd) {
    guard let tenant = running.sorted().randomElement(using: &random) else { return }
    running.remove(tenant)
    // Who does not lead any more looks at everything when it does again.
    if end == .notLeading { unseen.remove(tenant) }
    if case .failed = end { unseen.insert(tenant) }
    take(schedule.ended(tenant, end, now: now, random: 0.5))
  }

  private mutating func endPauses() {
    let over = pauses.filter { $0.until <= now }
    pauses.removeAll { $0.until <= now }
    for pause in over { take(schedule.pauseEnded(pause)) }
  }

  private mutating func take(_ actions: [PassSchedule.Action]) {
    for action in actions {
      switch action {
      case .pause(let pause): pauses.append(pause)
      case .start(let tenant):
        if !running.insert(tenant).inserted { faults.append("\(tenant) twice at a time") }
        unseen.remove(tenant)
      }
    }
    if running.count > parallelism { faults.append("\(running.count) at a time") }
  }
}
