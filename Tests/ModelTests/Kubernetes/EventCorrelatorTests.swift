import Model
import Testing

struct EventCorrelatorTests {
  private let start = MonotonicTime(nanoseconds: 0)

  private func event(_ note: String = "n", reason: String = "R", name: String = "a") -> RuleEvent {
    RuleEvent(.warning, reason: reason, note: note, about: ResourceID(namespace: "default", name: name), uid: "u")
  }

  /// Observes an event that is new, and says what it was called.
  private func create(_ event: RuleEvent, as name: String, in correlator: inout EventCorrelator) {
    guard case .create(_, let key) = correlator.observe(event, at: start) else {
      Issue.record("not created: \(event)")
      return
    }
    correlator.created(key, as: name)
  }

  @Test func theSameAgainIsCounted() {
    var correlator = EventCorrelator()
    create(event(), as: "a-1", in: &correlator)
    for total in 2...5 {
      guard case .count(_, _, "a-1", total) = correlator.observe(event(), at: start) else {
        Issue.record("not counted")
        return
      }
    }
    let others = [event("other"), event(reason: "S"), event(name: "b")]
    for other in others {
      guard case .create(other, _) = correlator.observe(other, at: start) else {
        Issue.record("\(other) is another one")
        return
      }
    }
  }

  @Test func oneThatTheServerHasForgottenIsCreatedAnew() {
    var correlator = EventCorrelator()
    create(event(), as: "a-1", in: &correlator)
    guard case .count(_, let key, _, _) = correlator.observe(event(), at: start) else {
      Issue.record("not counted")
      return
    }
    correlator.vanished(key)
    correlator.created(key, as: "a-2")
    guard case .count(_, _, "a-2", 2) = correlator.observe(event(), at: start) else {
      Issue.record("not counted as the new one")
      return
    }
  }

  @Test func manyThatAreAlikeBecomeOne() {
    var correlator = EventCorrelator()
    for number in 1...9 {
      create(event("\(number)"), as: "a-\(number)", in: &correlator)
    }
    guard case .create(let combined, let key) = correlator.observe(event("10"), at: start) else {
      Issue.record("not created")
      return
    }
    #expect(combined.note == "(combined from similar events): 10")
    correlator.created(key, as: "a-10")
    guard case .count(_, _, "a-10", 2) = correlator.observe(event("11"), at: start) else {
      Issue.record("not counted with the combined one")
      return
    }
    // Ten minutes without one of the kind, and each stands for itself again.
    let later = start + .seconds(601)
    guard case .create(let single, _) = correlator.observe(event("12"), at: later) else {
      Issue.record("not created")
      return
    }
    #expect(single.note == "12")
  }

  @Test func aResourceHasSoManyAtOnceAndThenOneInFiveMinutes() {
    var correlator = EventCorrelator()
    let actions = (0..<30).map { correlator.observe(event(reason: "R\($0)"), at: start) }
    #expect(actions.count { $0 == .drop } == 5)
    #expect(!actions.prefix(25).contains(.drop))
    // Another one has its own.
    let others = [
      correlator.observe(event(name: "b"), at: start),
      correlator.observe(event(reason: "X"), at: start + .seconds(299)),
      correlator.observe(event(reason: "Y"), at: start + .seconds(300)),
      correlator.observe(event(reason: "Z"), at: start + .seconds(300)),
    ]
    #expect(others.map { $0 == .drop } == [false, true, false, true])
  }

  @Test func itForgetsWhatWasNotUsedForLongest() {
    var correlator = EventCorrelator()
    create(event(name: "first"), as: "first-1", in: &correlator)
    for number in 0..<20_000 {
      create(event(name: "\(number)"), as: "x", in: &correlator)
    }
    guard case .create = correlator.observe(event(name: "first"), at: start),
      case .count = correlator.observe(event(name: "19999"), at: start)
    else {
      Issue.record("remembers the wrong ones")
      return
    }
  }
}
