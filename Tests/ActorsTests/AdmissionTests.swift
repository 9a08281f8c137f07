import TestSupport
import Testing

@testable import Actors

@Suite struct AdmissionTests {
  @Test func aReservationTakesWhatThereIs() {
    let budget = ByteBudget(limit: 100)
    let reservation = Reservation(of: budget)
    #expect(reservation.grow(by: 60) && reservation.grow(by: 40))
    #expect(!reservation.grow(by: 1))
    #expect(reservation.grow(by: 0))
    #expect(reservation.bytes == 100)
    #expect(budget.inUse == 100)
  }

  @Test func aReservationShrinksButNeverGrowsByIt() {
    let budget = ByteBudget(limit: 100)
    let reservation = Reservation(of: budget)
    #expect(reservation.grow(by: 60))
    reservation.shrink(to: 80)
    #expect(reservation.bytes == 60)
    reservation.shrink(to: 10)
    #expect(reservation.bytes == 10)
    #expect(budget.inUse == 10)
  }

  @Test func aReservationGoesBackByItself() {
    let budget = ByteBudget(limit: 100)
    var reservation: Reservation? = Reservation(of: budget)
    #expect(reservation?.grow(by: 60) == true)
    reservation = nil
    #expect(budget.inUse == 0)
  }

  @Test func whatIsRefusedIsNotHeld() {
    let budget = ByteBudget(limit: 100)
    let reservation = Reservation(of: budget)
    #expect(!reservation.grow(by: 101))
    #expect(!reservation.grow(by: .max))
    #expect(reservation.bytes == 0)
    #expect(budget.inUse == 0)
    #expect(reservation.grow(by: 100))
    #expect(!reservation.grow(by: .max))
    #expect(budget.inUse == 100)
  }

  @Test(arguments: (0..<200).map { UInt64($0) })
  func theSumIsThatOfTheReservations(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let budget = ByteBudget(limit: 1 + random.below(1000))
    var held: [(reservation: Reservation, bytes: Int)] = []
    for _ in 0..<300 {
      let index = held.isEmpty ? 0 : random.below(held.count)
      switch random.below(4) {
      case 0: held.append((Reservation(of: budget), 0))
      case 1 where !held.isEmpty:
        let bytes = random.below(400)
        let isRoom = held.reduce(0) { $0 + $1.bytes } + bytes <= budget.limit
        #expect(held[index].reservation.grow(by: bytes) == isRoom)
        if isRoom { held[index].bytes += bytes }
      case 2 where !held.isEmpty:
        let bytes = random.below(400)
        held[index].reservation.shrink(to: bytes)
        held[index].bytes = min(bytes, held[index].bytes)
      case 3 where !held.isEmpty: held.remove(at: index)
      default: break
      }
      #expect(budget.inUse == held.reduce(0) { $0 + $1.bytes })
      #expect(budget.inUse <= budget.limit)
    }
    held = []
    #expect(budget.inUse == 0)
  }

  /// What does not fit takes no room from what does, not even for the moment of being refused.
  @Test func whatIsTooLargeDoesNotStandInTheWay() async {
    let budget = ByteBudget(limit: 1000)
    await withTaskGroup { group in
      group.addTask {
        for _ in 0..<100_000 where budget.take(1001) { Issue.record("there was no room") }
      }
      group.addTask {
        let refused = (0..<100_000).count { _ in
          guard budget.take(10) else { return true }
          budget.giveBack(10)
          return false
        }
        #expect(refused == 0)
      }
    }
    #expect(budget.inUse == 0)
  }

  @Test func manyMayTakeAtATime() async {
    let budget = ByteBudget(limit: 1000)
    await withTaskGroup { group in
      for task in 0..<8 {
        group.addTask {
          var random = SplitMix64(seed: UInt64(task))
          for _ in 0..<2000 {
            let reservation = Reservation(of: budget)
            for _ in 0..<3 { _ = reservation.grow(by: random.below(300)) }
            reservation.shrink(to: random.below(100))
            if budget.inUse > budget.limit { Issue.record("\(budget.inUse) bytes are held") }
          }
        }
      }
    }
    #expect(budget.inUse == 0)
  }
}
