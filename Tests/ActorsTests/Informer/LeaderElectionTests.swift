import Model
import Testing

@testable import Actors

@Suite struct LeaderElectionTests {
  private static let start = MonotonicTime(nanoseconds: 1_000_000_000_000)

  private static func election(_ identity: String = "me") -> LeaderElection {
    LeaderElection(ElectionConfiguration(identity: identity))
  }

  private static func lease(
    of holder: String, renewed: Double = 0, transitions: Int = 3, version: String = "1"
  ) -> Lease {
    Lease(
      holder: holder, duration: .seconds(15), acquired: 0, renewed: renewed, transitions: transitions,
      version: version)
  }

  private static func at(_ seconds: Double) -> MonotonicTime { start + .seconds(seconds) }

  // MARK: Taking a lease

  @Test func aLeaseThatIsNotThereIsMade() {
    var election = Self.election()
    #expect(
      election.read(.success(nil), now: Self.at(0), secondsSince1970: 100, random: 0)
        == .write(
          Lease(
            holder: "me", duration: .seconds(15), acquired: 100, renewed: 100, transitions: 0, version: nil)))
    #expect(election.term == nil)
  }

  @Test func aLeaseThatNobodyHoldsIsTaken() {
    var election = Self.election()
    #expect(
      election.read(.success(Self.lease(of: "")), now: Self.at(0), secondsSince1970: 100, random: 0)
        == .write(
          Lease(
            holder: "me", duration: .seconds(15), acquired: 100, renewed: 100, transitions: 4, version: "1")))
  }

  /// A process that starts again under the same name, or whose renewals did not arrive.
  @Test func theOwnLeaseIsGoneOnWith() {
    var election = Self.election()
    #expect(
      election.read(.success(Self.lease(of: "me")), now: Self.at(0), secondsSince1970: 100, random: 0)
        == .write(
          Lease(holder: "me", duration: .seconds(15), acquired: 0, renewed: 100, transitions: 3, version: "1")))
  }

  /// What its record says about the time does not count: clocks differ.
  @Test func somebodyElsesLeaseIsTakenWhenItHasNotChangedForItsDuration() {
    var election = Self.election()
    let lease = Self.lease(of: "other", renewed: -1_000_000)
    var action = election.read(.success(lease), now: Self.at(0), secondsSince1970: 100, random: 0)
    for second in stride(from: 2.0, through: 14, by: 2) {
      #expect(action == .wait(until: Self.at(second)))
      #expect(election.waited(now: Self.at(second), secondsSince1970: 100 + second) == .read)
      action = election.read(
        .success(lease), now: Self.at(second), secondsSince1970: 100 + second, random: 0)
    }
    #expect(action == .wait(until: Self.at(15)), "not a moment longer than it may be held")
    #expect(election.waited(now: Self.at(15), secondsSince1970: 115) == .read)
    action = election.read(.success(lease), now: Self.at(15), secondsSince1970: 115, random: 0)
    #expect(
      action
        == .write(
          Lease(
            holder: "me", duration: .seconds(15), acquired: 115, renewed: 115, transitions: 4, version: "1")))
  }

  @Test func aLeaseThatIsRenewedIsNotTaken() {
    var election = Self.election()
    for second in stride(from: 0.0, through: 100, by: 2) {
      let lease = Self.lease(of: "other", renewed: second, version: "\(second)")
      let action = election.read(.success(lease), now: Self.at(second), secondsSince1970: second, random: 0)
      #expect(action == .wait(until: Self.at(second + 2)))
    }
  }

  /// A new version alone, such as a label makes it, does not mean that the holder lives.
  @Test func aVersionIsNoSignOfLife() {
    var election = Self.election()
    for second in stride(from: 0.0, to: 15, by: 3) {
      let lease = Self.lease(of: "other", version: "\(second)")
      _ = election.read(.success(lease), now: Self.at(second), secondsSince1970: second, random: 0)
    }
    let action = election.read(
      .success(Self.lease(of: "other", version: "15")), now: Self.at(15), secondsSince1970: 15, random: 0)
    guard case .write(let lease) = action else {
      Issue.record("\(action)")
      return
    }
    #expect(lease.version == "15")
  }

  @Test func theAttemptsOfManyAreSpread() {
    var election = Self.election()
    let action = election.read(
      .success(Self.lease(of: "other")), now: Self.at(0), secondsSince1970: 0, random: 0.5)
    #expect(action == .wait(until: Self.at(2.2)))
  }

  @Test func whoWasFasterIsTheLeader() {
    var election = Self.election()
    _ = election.read(.success(nil), now: Self.at(0), secondsSince1970: 0, random: 0)
    #expect(election.wrote(.failure(.conflict), now: Self.at(0), secondsSince1970: 0, random: 0) == .read)
    let action = election.read(
      .success(Self.lease(of: "other")), now: Self.at(0), secondsSince1970: 0, random: 0)
    #expect(action == .wait(until: Self.at(2)))
    #expect(election.term == nil)
    #expect(election.leader == "other")
  }

  // MARK: Keeping it

  /// An election that was won by a write that began at `start` and took a second.
  private static func won() -> LeaderElection {
    var election = election()
    guard case .write(var lease) = election.read(.success(nil), now: at(0), secondsSince1970: 100, random: 0) else {
      Issue.record("it does not try")
      return election
    }
    lease.version = "1"
    #expect(election.wrote(.success(lease), now: at(1), secondsSince1970: 101, random: 0.9) == .wait(until: at(3)))
    return election
  }

  @Test func aTermIsCountedFromTheBeginningOfTheWrite() {
    let election = Self.won()
    let term = election.term
    #expect(term == LeaseTerm(transitions: 0, end: Self.at(10), lapse: Self.at(15)))
  }

  @Test func theLeaderRenewsWithoutReading() {
    var election = Self.won()
    let action = election.waited(now: Self.at(3), secondsSince1970: 103)
    #expect(
      action
        == .write(
          Lease(holder: "me", duration: .seconds(15), acquired: 100, renewed: 103, transitions: 0, version: "1")))
    guard case .write(let lease) = action else { return }
    _ = election.wrote(.success(lease), now: Self.at(3), secondsSince1970: 103, random: 0)
    let term = election.term
    #expect(term?.end == Self.at(13))
  }

  @Test func theTermEndsWhereItCannotBeRenewed() {
    var election = Self.won()
    var now = 3.0
    while now < 10 {
      guard case .write = election.waited(now: Self.at(now), secondsSince1970: 0) else {
        Issue.record("it does not try at \(now)")
        return
      }
      let action = election.wrote(.failure(.store("away")), now: Self.at(now), secondsSince1970: 0, random: 0)
      now = min(now + 2, 10)
      #expect(action == .wait(until: Self.at(now)))
      #expect(election.term != nil)
    }
    #expect(election.waited(now: Self.at(10), secondsSince1970: 0) == .read)
    #expect(election.term == nil)
  }

  @Test func anAnswerThatComesTooLateIsNone() {
    var election = Self.won()
    guard case .write(let lease) = election.waited(now: Self.at(3), secondsSince1970: 103) else { return }
    _ = election.wrote(.success(lease), now: Self.at(13), secondsSince1970: 113, random: 0)
    #expect(election.term == nil)
  }

  @Test func whoeverTookItEndsTheTerm() {
    var election = Self.won()
    _ = election.waited(now: Self.at(3), secondsSince1970: 103)
    #expect(election.wrote(.failure(.conflict), now: Self.at(3), secondsSince1970: 103, random: 0) == .read)
    #expect(election.term != nil, "somebody may have written a label")
    _ = election.read(
      .success(Self.lease(of: "other", version: "2")), now: Self.at(3), secondsSince1970: 103, random: 0)
    #expect(election.term == nil)
  }

  @Test func aLeaseThatIsGoneEndsTheTerm() {
    var election = Self.won()
    _ = election.waited(now: Self.at(3), secondsSince1970: 103)
    _ = election.wrote(.failure(.conflict), now: Self.at(3), secondsSince1970: 103, random: 0)
    let action = election.read(.success(nil), now: Self.at(3), secondsSince1970: 103, random: 0)
    #expect(election.term == nil)
    guard case .write(let lease) = action else {
      Issue.record("\(action)")
      return
    }
    #expect(lease.version == nil && lease.transitions == 0)
  }

  // MARK: Giving it back

  @Test func aLeaseIsGivenBack() {
    var election = Self.won()
    #expect(
      election.release(now: Self.at(5), secondsSince1970: 105)
        == Lease(holder: "", duration: .seconds(1), acquired: 105, renewed: 105, transitions: 0, version: "1"))
    #expect(election.term == nil)
    #expect(election.release(now: Self.at(5), secondsSince1970: 105) == nil)
  }

  @Test func whoDoesNotLeadGivesNothingBack() {
    var late = Self.won()
    #expect(late.release(now: Self.at(10), secondsSince1970: 110) == nil)
    var never = Self.election()
    #expect(never.release(now: Self.at(0), secondsSince1970: 100) == nil)
  }
}
