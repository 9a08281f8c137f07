import TestSupport
import Testing

@testable import Actors

@Suite struct TurnsStateMachineTests {
  @Test func aKeyThatNobodyHasIsFree() {
    var turns = TurnsStateMachine<String>()
    #expect(turns.enter("a").hasTurn)
    #expect(turns.enter("b").hasTurn)
    #expect(turns.count == 2)
  }

  @Test func turnsComeInOrder() {
    var turns = TurnsStateMachine<String>()
    let first = turns.enter("a").ticket
    let second = turns.enter("a")
    let third = turns.enter("a")
    #expect(!second.hasTurn && !third.hasTurn)
    #expect(turns.leave(first) == second.ticket)
    let hasTurn = turns.hasTurn(second.ticket)
    #expect(hasTurn)
    #expect(turns.leave(second.ticket) == third.ticket)
    #expect(turns.leave(third.ticket) == nil)
    #expect(turns.count == 0)
  }

  @Test func whoGivesUpIsPassedOver() {
    var turns = TurnsStateMachine<String>()
    let first = turns.enter("a").ticket
    let second = turns.enter("a").ticket
    let third = turns.enter("a").ticket
    #expect(turns.leave(second) == nil)
    #expect(turns.leave(second) == nil)
    #expect(turns.leave(first) == third)
  }

  /// Whatever happens, at most one has the turn of a key, and where somebody waits somebody has it.
  @Test(arguments: 0..<20)
  func anyCourseOfEvents(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var turns = TurnsStateMachine<Int>()
    var lines: [Int: [TurnsStateMachine<Int>.Ticket]] = [:]
    for _ in 0..<1000 {
      let key = random.below(3)
      if random.oneIn(2) {
        let (ticket, hasTurn) = turns.enter(key)
        #expect(hasTurn == lines[key, default: []].isEmpty)
        lines[key, default: []].append(ticket)
      } else if let place = lines[key]?.indices.randomElement(using: &random), let ticket = lines[key]?[place] {
        lines[key]?.remove(at: place)
        let next = turns.leave(ticket)
        #expect(next == (place == 0 ? lines[key]?.first : nil))
      }
    }
    let waiting = lines.values.reduce(0) { $0 + $1.count }
    #expect(turns.count == waiting)
  }
}

@Suite struct TurnsTests {
  private let turns = Turns<String>()

  private func fail() {
    Issue.record("it was not its turn")
  }

  @Test func oneAtATimeWorksOnAKey() async throws {
    let turns = turns
    let atWork = Watched(0)
    try await withThrowingTaskGroup { group in
      for _ in 0..<50 {
        group.addTask {
          try await turns.withTurn(of: "a") {
            #expect(
              atWork.update {
                $0 += 1; return $0
              } == 1)
            await Task.yield()
            atWork.update { $0 -= 1 }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(turns.count == 0)
  }

  @Test func turnsComeInTheOrderOfAsking() async throws {
    let turns = turns
    let order = Watched<[Int]>([])
    let gate = Gate()
    let first = Task.immediate { try await turns.withTurn(of: "a") { try await gate.wait() } }
    let others = (1...5).map { number in
      Task.immediate { try await turns.withTurn(of: "a") { order.update { $0.append(number) } } }
    }
    try await turns.withTurn(of: "b") { #expect(order.value.isEmpty) }
    gate.open()
    try await first.value
    for other in others { try await other.value }
    #expect(order.value == [1, 2, 3, 4, 5])
  }

  @Test func whoIsCancelledLeavesTheLine() async throws {
    let turns = turns
    let gate = Gate()
    let first = Task.immediate { try await turns.withTurn(of: "a") { try await gate.wait() } }
    let impatient = Task.immediate { try await turns.withTurn(of: "a") { fail() } }
    let patient = Task.immediate { try await turns.withTurn(of: "a") { 1 } }
    impatient.cancel()
    await #expect(throws: CancellationError.self) { try await impatient.value }
    gate.open()
    try await first.value
    #expect(try await patient.value == 1)
    #expect(turns.count == 0)
  }

  @Test func whoIsCancelledBeforeItWaitsLeavesTheLine() async throws {
    let turns = turns
    try await turns.withTurn(of: "a") {
      let late = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        try await turns.withTurn(of: "a") { fail() }
      }
      await #expect(throws: CancellationError.self) { try await late.value }
    }
    #expect(turns.count == 0)
  }

  @Test func aTurnEndsWithAnError() async throws {
    struct Trouble: Error {}
    await #expect(throws: Trouble.self) { try await turns.withTurn(of: "a") { throw Trouble() } }
    #expect(try await turns.withTurn(of: "a") { 1 } == 1)
  }

  /// Cancellation may come at the moment at which the turn does.
  @Test func manyComeAndGo() async {
    let turns = turns
    await withTaskGroup { group in
      for number in 0..<200 {
        group.addTask {
          let task = Task { try await turns.withTurn(of: "a") { await Task.yield() } }
          if number.isMultiple(of: 3) { task.cancel() }
          _ = await task.result
        }
      }
    }
    #expect(turns.count == 0)
  }
}
