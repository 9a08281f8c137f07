import Model
import TestSupport

@testable import Actors

/// Several elections over one lease. Requests are slow, and get lost on their way there and back; processes are killed
/// and begin anew; their clocks show different times.
final class ElectionWorld {
  private final class Process {
    let name: String
    /// What its clocks show more than the world's.
    let offset: Duration
    var election: LeaderElection

    init(name: String, offset: Duration) {
      self.name = name
      self.offset = offset
      election = LeaderElection(ElectionConfiguration(identity: name))
    }
  }

  private enum Event {
    case begin
    case arrival(LeaderElection.Action, answeredAt: MonotonicTime?)
    case readAnswer(Result<Lease?, LeaseFailure>)
    case writeAnswer(Result<Lease, LeaseFailure>)
    case waitEnd
  }

  /// What the elections did wrong, in words.
  private(set) var faults: [String] = []
  /// How often somebody began to lead.
  private(set) var reigns = 0

  private var random: SplitMix64
  private var now = MonotonicTime(nanoseconds: 0)
  private var lease: Lease?
  private var lastVersion = 0
  private var processes: [Process] = []
  private var lastProcess = 0
  private var events: [(at: MonotonicTime, process: String, event: Event)] = []

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    for _ in 0..<(2 + random.below(3)) { start() }
  }

  /// Lets an hour pass.
  func run() {
    while now < MonotonicTime(nanoseconds: 0) + .seconds(3600), let next = nextEvent() {
      now = next.at
      if random.oneIn(300) { replaceSomebody() }
      guard let process = processes.first(where: { $0.name == next.process }) else {
        // What a dead process has sent still arrives.
        if case .arrival(let action, _) = next.event { takeEffect(action) }
        continue
      }
      handle(next.event, in: process)
    }
  }

  private func nextEvent() -> (at: MonotonicTime, process: String, event: Event)? {
    guard let index = events.indices.min(by: { events[$0].at < events[$1].at }) else { return nil }
    return events.remove(at: index)
  }

  private func start() {
    lastProcess += 1
    let process = Process(name: "p\(lastProcess)", offset: .seconds(random.below(100_000)))
    processes.append(process)
    events.append((now + anyDelay(), process.name, .begin))
  }

  private func replaceSomebody() {
    processes.remove(at: random.below(processes.count))
    start()
  }

  private func anyDelay() -> Duration {
    .milliseconds(random.oneIn(20) ? random.below(12_000) : random.below(400))
  }

  private func handle(_ event: Event, in process: Process) {
    let ledBefore = leads(process)
    let shown = now + process.offset
    let seconds = process.offset.inSeconds + Double(now.nanoseconds) / 1e9
    let chance = Double(random.below(1000)) / 1000
    switch event {
    case .begin:
      perform(.read, by: process)
    case .arrival(let action, let answer):
      answered(takeEffect(action), at: answer, to: process)
    case .readAnswer(let result):
      perform(process.election.read(result, now: shown, secondsSince1970: seconds, random: chance), by: process)
    case .writeAnswer(let result):
      perform(process.election.wrote(result, now: shown, secondsSince1970: seconds, random: chance), by: process)
    case .waitEnd:
      perform(process.election.waited(now: shown, secondsSince1970: seconds), by: process)
    }
    check(process, ledBefore: ledBefore)
  }

  /// Sends a request, which may be lost on either way, or sets an alarm.
  private func perform(_ action: LeaderElection.Action, by process: Process) {
    if case .wait(let until) = action {
      let wakes = MonotonicTime(nanoseconds: (until - (MonotonicTime(nanoseconds: 0) + process.offset)).nanoseconds)
      if wakes <= now { faults.append("\(process.name) does not wait") }
      events.append((wakes, process.name, .waitEnd))
      return
    }
    let deadline = requestDeadline(of: process)
    let arrival = now + anyDelay()
    let answer = arrival + anyDelay()
    let isLostOnTheWayBack = random.oneIn(15) || answer > deadline
    let isLostOnTheWay = random.oneIn(15)
    if isLostOnTheWay || isLostOnTheWayBack { giveUp(action, at: deadline, of: process) }
    guard !isLostOnTheWay else { return }
    events.append((arrival, process.name, .arrival(action, answeredAt: isLostOnTheWayBack ? nil : answer)))
  }

  /// When the process gives a request up, on the world's clock.
  private func requestDeadline(of process: Process) -> MonotonicTime {
    guard let end = process.election.term?.end else { return now + .seconds(10) }
    return MonotonicTime(nanoseconds: end.nanoseconds - process.offset.nanoseconds)
  }

  private func answered(_ answer: Event?, at moment: MonotonicTime?, to process: Process) {
    guard let answer, let moment else { return }
    events.append((moment, process.name, answer))
  }

  private func giveUp(_ action: LeaderElection.Action, at deadline: MonotonicTime, of process: Process) {
    let failure = LeaseFailure.store("no answer in time")
    let answer: Event = action == .read ? .readAnswer(.failure(failure)) : .writeAnswer(.failure(failure))
    events.append((max(now, deadline), process.name, answer))
  }

  @discardableResult
  private func takeEffect(_ action: LeaderElection.Action) -> Event? {
    switch action {
    case .read: return .readAnswer(random.oneIn(30) ? .failure(.store("500")) : .success(lease))
    case .write(let written):
      guard !random.oneIn(30) else { return .writeAnswer(.failure(.store("500"))) }
      guard written.version == lease?.version else { return .writeAnswer(.failure(.conflict)) }
      lastVersion += 1
      lease = written
      lease?.version = String(lastVersion)
      return .writeAnswer(.success(lease ?? written))
    case .wait: return nil
    }
  }

  private func leads(_ process: Process) -> Bool {
    guard let end = process.election.term?.end else { return false }
    return end.nanoseconds - process.offset.nanoseconds > now.nanoseconds
  }

  private func check(_ process: Process, ledBefore: Bool) {
    guard leads(process) else { return }
    if !ledBefore { reigns += 1 }
    let leaders = processes.filter { leads($0) }.map(\.name)
    if leaders.count > 1 { faults.append("\(leaders) lead at \(now.nanoseconds / 1_000_000) ms") }
  }
}
