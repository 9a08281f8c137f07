package import Logging
package import Model

/// Takes part in the election of the one informer that writes.
///
/// There is no fence around the ruler: whoever writes to it asks the cell at the very time of the write, and the
/// term of a leader that cannot renew its lease ends before anybody else's may begin.
package actor Leadership {
  private let configuration: ElectionConfiguration
  private let store: any LeaseStore
  private let cell: LeadershipCell
  private let transitions: Counter
  private let time: any TimeSource
  private let logger: Logger
  private let random: @Sendable () -> Double
  private var election: LeaderElection
  private var leads = false
  private var knownLeader: String?
  private var failure: LeaseFailure?

  /// - Parameters:
  ///   - cell: where the result is stated.
  ///   - transitions: counts how often this process began or ceased to lead.
  ///   - random: numbers in 0 ..< 1 that spread the attempts.
  package init(
    configuration: ElectionConfiguration, store: any LeaseStore, cell: LeadershipCell, transitions: Counter,
    time: any TimeSource, logger: Logger, random: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
  ) {
    self.configuration = configuration
    self.store = store
    self.cell = cell
    self.transitions = transitions
    self.time = time
    self.logger = logger
    self.random = random
    election = LeaderElection(configuration)
  }

  /// Takes part until the task is cancelled, and then gives the lease back if it holds it. To be ended when nobody
  /// writes any more.
  package func run() async {
    cell.set(nil)
    var action = LeaderElection.Action.read
    while !Task.isCancelled {
      action = await perform(action)
      state()
    }
    await release()
  }

  private func perform(_ action: LeaderElection.Action) async -> LeaderElection.Action {
    switch action {
    case .read:
      let result = await limited { [store] in await Self.result { () throws(LeaseFailure) in try await store.read() } }
      note(result)
      return election.read(result, now: time.now, secondsSince1970: time.secondsSince1970, random: random())
    case .write(let lease):
      let result = await limited { [store] in
        await Self.result { () throws(LeaseFailure) in try await store.write(lease) }
      }
      note(result)
      return election.wrote(result, now: time.now, secondsSince1970: time.secondsSince1970, random: random())
    case .wait(let deadline):
      // A sleep that was cut short ends the loop.
      try? await time.sleep(until: deadline)
      return election.waited(now: time.now, secondsSince1970: time.secondsSince1970)
    }
  }

  /// A request has until the end of the term; without one, as long as a term has.
  private func limited<Value: Sendable>(
    _ request: @escaping @Sendable () async -> Result<Value, LeaseFailure>
  ) async -> Result<Value, LeaseFailure> {
    let deadline = election.term?.end ?? time.now + configuration.renewDeadline
    return await TimeLimit.run(until: deadline, on: time, request) ?? .failure(.store("no answer in time"))
  }

  private static func result<Value: Sendable>(
    _ request: @Sendable () async throws(LeaseFailure) -> Value
  ) async -> Result<Value, LeaseFailure> {
    do {
      return .success(try await request())
    } catch {
      return .failure(error)
    }
  }

  /// Tells everybody how the election stands.
  private func state() {
    cell.set(election.term)
    if (election.term != nil) != leads {
      leads.toggle()
      transitions.increment()
      logger.notice(leads ? "this informer leads now" : "this informer does not lead any more")
    }
    if let leader = election.leader, leader != knownLeader, leader != configuration.identity {
      logger.info("the informer that leads is \(leader)")
    }
    knownLeader = election.leader
  }

  /// Logs a failure once, until it is another one or none.
  private func note<Value>(_ result: Result<Value, LeaseFailure>) {
    guard case .failure(let failure) = result, failure != .conflict else { return self.failure = nil }
    if failure != self.failure, !Task.isCancelled { logger.warning("the lease cannot be had: \(failure)") }
    self.failure = failure
  }

  /// Gives the lease back, so that the next one need not wait. The task is cancelled already, so another one does it.
  private func release() async {
    let lease = election.release(now: time.now, secondsSince1970: time.secondsSince1970)
    state()
    guard let lease else { return }
    let result = await Task { [configuration, store, time] in
      await TimeLimit.run(until: time.now + configuration.retryPeriod, on: time) {
        await Self.result { () throws(LeaseFailure) in try await Self.giveBack(lease, to: store, configuration) }
      }
    }.value
    if case .success = result { return }
    logger.warning("the lease was not given back; the next informer has to wait until it is over")
  }

  /// A renewal that was cut short may have arrived, and have made a new version.
  private static func giveBack(
    _ lease: Lease, to store: any LeaseStore, _ configuration: ElectionConfiguration
  ) async throws(LeaseFailure) {
    do {
      _ = try await store.write(lease)
    } catch .conflict {
      guard let current = try await store.read(), current.holder == configuration.identity else { return }
      var lease = lease
      lease.version = current.version
      _ = try await store.write(lease)
    }
  }
}
