import InMemoryLogging
import Logging
import Model
import TestSupport
import Testing

@testable import Actors

@Suite struct LeadershipTests {
  private let time = ManualTime()
  private let lease = FakeLeaseStore()
  private let log = InMemoryLogHandler()

  /// A process that takes part from now on.
  private func start(_ process: FakeProcess) -> Participant {
    Participant(process, lease: lease, time: time, log: log)
  }

  @Test func oneLeadsAndTheOtherWaits() async throws {
    let first = start(FakeProcess("a"))
    try await lease.wait(for: "a to lead") { $0?.holder == "a" }
    let second = start(FakeProcess("b"))
    try await time.sleepers(until: time.now + .seconds(2), count: 2)
    #expect(first.cell.term != nil)
    #expect(second.cell.term == nil)
    #expect(first.transitions.value == 1 && second.transitions.value == 0)
    await second.end()
    await first.end()
  }

  /// A leader that is killed stops to write after 10 s, and another one begins after 15 s.
  @Test func theNextOneTakesOverFromOneThatWasKilled() async throws {
    let began = time.now
    let killed = FakeProcess("a")
    let first = start(killed)
    try await time.sleepers(until: began + .seconds(2))
    let second = start(FakeProcess("b"))
    try await time.sleepers(until: began + .seconds(2), count: 2)
    killed.kill()
    for seconds in stride(from: 2, through: 14, by: 2) {
      time.advance(to: began + .seconds(seconds))
      try await time.sleepers(until: began + .seconds(min(seconds + 2, 15)))
      #expect((first.cell.term != nil) == (seconds < 10))
      #expect(second.cell.term == nil)
    }
    time.advance(to: began + .seconds(15))
    try await lease.wait(for: "b to lead") { $0?.holder == "b" }
    try await second.leads()
    #expect(lease.lease?.transitions == 1)
    #expect(second.cell.term?.transitions == 1)
    await first.end()
    await second.end()
  }

  @Test func aLeaderThatEndsGivesItsPlaceAtOnce() async throws {
    let began = time.now
    let first = start(FakeProcess("a"))
    try await time.sleepers(until: began + .seconds(2))
    let second = start(FakeProcess("b"))
    try await time.sleepers(until: began + .seconds(2), count: 2)
    await first.end()
    #expect(first.cell.term == nil)
    #expect(lease.lease?.holder == "" && lease.lease?.duration == .seconds(1))
    time.advance(by: .seconds(2))
    try await second.leads()
    await second.end()
  }

  @Test func aLeaderThatCannotRenewLeadsNoMore() async throws {
    let began = time.now
    let first = start(FakeProcess("a"))
    try await time.sleepers(until: began + .seconds(2))
    lease.fail(with: .store("503"))
    for seconds in stride(from: 2, through: 8, by: 2) {
      time.advance(to: began + .seconds(seconds))
      try await time.sleepers(until: began + .seconds(seconds + 2))
      #expect(first.cell.term != nil)
    }
    time.advance(to: began + .seconds(10))
    #expect(first.cell.term == nil, "before anybody has told it so")
    try await first.leads(false)
    #expect(log.entries.count { $0.message == "the lease cannot be had: 503" } == 1)
    lease.fail(with: nil)
    try await time.sleepers(until: began + .seconds(12))
    time.advance(to: began + .seconds(12))
    try await first.leads()
    #expect(lease.lease?.transitions == 0, "nobody else led in between")
    await first.end()
  }

  /// A store that does not answer holds nobody in office.
  @Test func aRequestWithoutAnswerEndsWithTheTerm() async throws {
    let began = time.now
    let isSilent = Watched(false)
    let process = FakeProcess("a") { _ in
      guard isSilent.value else { return }
      _ = try? await isSilent.wait(for: "answers", within: .seconds(60)) { !$0 }
    }
    let first = start(process)
    try await time.sleepers(until: began + .seconds(2))
    isSilent.update { $0 = true }
    time.advance(to: began + .seconds(2))
    try await process.called("write lease", times: 2)
    try await time.sleepers(until: began + .seconds(10))
    time.advance(to: began + .seconds(10))
    try await first.leads(false)
    isSilent.update { $0 = false }
    await first.end()
  }

  @Test func anotherOneThatTookItIsObeyedAtOnce() async throws {
    let began = time.now
    let first = start(FakeProcess("a"))
    try await time.sleepers(until: began + .seconds(2))
    var stolen = try #require(lease.lease)
    stolen.holder = "b"
    _ = try await lease.store(of: FakeProcess()).write(stolen)
    time.advance(by: .seconds(2))
    try await first.leads(false)
    #expect(log.entries.contains { $0.message == "the informer that leads is b" })
    await first.end()
    #expect(lease.lease?.holder == "b")
  }

  /// The renewal that was cut short has arrived, and made a new version.
  @Test func aLeaseIsGivenBackThoughARenewalWasOnItsWay() async throws {
    let began = time.now
    let answers = Gate()
    let writes = Watched(0)
    let process = FakeProcess("a") { [lease] call in
      guard call == "write lease",
        writes.update({
          $0 += 1; return $0
        }) == 2, let current = lease.lease
      else { return }
      // It arrives by another way, and the answer does not come.
      _ = try? await lease.store(of: FakeProcess()).write(current)
      try? await answers.wait()
    }
    let first = start(process)
    try await time.sleepers(until: began + .seconds(2))
    time.advance(to: began + .seconds(2))
    try await lease.wait(for: "the renewal to arrive") { $0?.version == "2" }
    await first.end()
    #expect(lease.lease?.holder == "")
  }
}
