import Model

/// The part that one process takes in an election over a lease.
///
/// Who leads renews the lease every while. Who does not reads it every while, and takes it when nobody holds it or
/// when it has not changed for its whole duration. Only the own clock counts for that, and only what was seen to
/// change: clocks of different hosts are never compared.
///
/// Every input returns what is to be done next, so that there is never more than one thing under way. Time and chance
/// come in as parameters.
struct LeaderElection: ~Copyable {
  /// What is to be done next, to be reported by the function named.
  enum Action: Equatable {
    /// ``LeaderElection/read(_:now:secondsSince1970:random:)``
    case read
    /// ``LeaderElection/wrote(_:now:secondsSince1970:random:)``
    case write(Lease)
    /// ``LeaderElection/waited(now:secondsSince1970:)``
    case wait(until: MonotonicTime)
  }

  /// The term that this process leads in, whose end may be past.
  private(set) var term: LeaseTerm?
  /// The lease as it was last read or written.
  private(set) var observed: Lease?

  private let configuration: ElectionConfiguration
  /// When ``observed`` was first seen like that.
  private var observedSince = MonotonicTime(nanoseconds: .min)
  /// When the write that is under way was begun.
  private var writeBegan = MonotonicTime(nanoseconds: .min)

  init(_ configuration: ElectionConfiguration) {
    self.configuration = configuration
  }

  /// Who leads, as far as it is known.
  var leader: String? {
    observed.flatMap { $0.holder.isEmpty ? nil : $0.holder }
  }

  /// The lease was read, or could not be.
  mutating func read(
    _ result: Result<Lease?, LeaseFailure>, now: MonotonicTime, secondsSince1970: Double, random: Double
  ) -> Action {
    endTermIfOver(now: now)
    guard case .success(let lease) = result else { return pause(now: now, random: random) }
    observe(lease, now: now)
    if lease?.holder != configuration.identity { term = nil }
    return mayTake(now: now)
      ? write(now: now, secondsSince1970: secondsSince1970) : pause(now: now, random: random)
  }

  /// The lease was written, or could not be.
  mutating func wrote(
    _ result: Result<Lease, LeaseFailure>, now: MonotonicTime, secondsSince1970: Double, random: Double
  ) -> Action {
    switch result {
    case .success(let lease):
      observe(lease, now: now)
      // The others count from when they see the write, which is not before it began.
      term = LeaseTerm(
        transitions: lease.transitions, end: writeBegan + configuration.renewDeadline,
        lapse: writeBegan + configuration.leaseDuration)
      endTermIfOver(now: now)
      return pause(now: now, random: random)
    case .failure(.conflict):
      endTermIfOver(now: now)
      return .read
    case .failure(.store):
      endTermIfOver(now: now)
      return pause(now: now, random: random)
    }
  }

  /// A wait is over.
  mutating func waited(now: MonotonicTime, secondsSince1970: Double) -> Action {
    endTermIfOver(now: now)
    // Who leads needs not read: a lease that somebody else wrote has another version.
    return term == nil ? .read : write(now: now, secondsSince1970: secondsSince1970)
  }

  /// This process leads no more.
  ///
  /// - Returns: the lease to be written so that another one need not wait; `nil` where this one does not lead.
  mutating func release(now: MonotonicTime, secondsSince1970: Double) -> Lease? {
    endTermIfOver(now: now)
    guard term != nil, var lease = observed else { return nil }
    term = nil
    lease.holder = ""
    lease.duration = .seconds(1)
    lease.acquired = secondsSince1970
    lease.renewed = secondsSince1970
    return lease
  }

  private mutating func endTermIfOver(now: MonotonicTime) {
    if let end = term?.end, end <= now { term = nil }
  }

  /// A lease counts as unchanged where all that its holder writes is the same.
  private mutating func observe(_ lease: Lease?, now: MonotonicTime) {
    defer { observed = lease }
    var comparable = lease
    comparable?.version = observed?.version
    if comparable != observed { observedSince = now }
  }

  private func mayTake(now: MonotonicTime) -> Bool {
    guard let observed, !observed.holder.isEmpty, observed.holder != configuration.identity else { return true }
    return observedSince + observed.duration <= now
  }

  private mutating func write(now: MonotonicTime, secondsSince1970: Double) -> Action {
    writeBegan = now
    let isOurs = observed?.holder == configuration.identity
    let transitions = observed.map { isOurs ? $0.transitions : $0.transitions + 1 } ?? 0
    return .write(
      Lease(
        holder: configuration.identity, duration: configuration.leaseDuration,
        acquired: isOurs ? observed?.acquired ?? secondsSince1970 : secondsSince1970, renewed: secondsSince1970,
        transitions: transitions, version: observed?.version))
  }

  /// Waits a while; not longer than until the own term ends, or until the lease may be taken.
  private func pause(now: MonotonicTime, random: Double) -> Action {
    let next = now + configuration.retryPeriod
    if let term { return .wait(until: min(next, term.end)) }
    let spread = next + configuration.retryPeriod * (0.2 * random)
    guard let observed, !observed.holder.isEmpty else { return .wait(until: spread) }
    let expiry = observedSince + observed.duration
    return .wait(until: expiry > now ? min(spread, expiry) : spread)
  }
}
