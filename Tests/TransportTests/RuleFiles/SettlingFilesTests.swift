import Model
import TestSupport
import Testing

@testable import Transport

@Suite("Rule files: settling") struct SettlingFilesTests {
  private var files = SettlingFiles<String, Int>(patience: .milliseconds(10))
  private var now = MonotonicTime(nanoseconds: 0)

  /// Looks, and takes what has settled.
  private mutating func look(at stamps: [String: Int], after milliseconds: Int = 0) -> [String] {
    now = now + .milliseconds(milliseconds)
    return files.look(at: stamps, now: now).map { change in
      files.take(change)
      return "\(change.name)=\(change.stamp.map(String.init) ?? "gone")"
    }
  }

  @Test mutating func aFileSettlesWhenItStaysTheSame() {
    #expect(look(at: ["a": 1]) == [])
    #expect(files.deadline == MonotonicTime(nanoseconds: 10_000_000))
    #expect(look(at: ["a": 1], after: 9) == [])
    #expect(look(at: ["a": 1], after: 1) == ["a=1"])
    #expect(files.deadline == nil)
    #expect(look(at: ["a": 1], after: 100) == [])
  }

  @Test mutating func aFileThatChangesStartsAnew() {
    #expect(look(at: ["a": 1]) == [])
    #expect(look(at: ["a": 2], after: 9) == [])
    #expect(look(at: ["a": 2], after: 9) == [])
    #expect(look(at: ["a": 2, "b": 1], after: 1) == ["a=2"])
    #expect(files.deadline == now + .milliseconds(10))
  }

  @Test mutating func aFileThatIsAwayForAMomentWasNeverGone() {
    _ = look(at: ["a": 1])
    #expect(look(at: ["a": 1], after: 10) == ["a=1"])
    #expect(look(at: [:], after: 10) == [])
    #expect(look(at: ["a": 1], after: 9) == [])
    #expect(files.deadline == nil)
    #expect(look(at: [:]) == [])
    #expect(look(at: [:], after: 10) == ["a=gone"])
    #expect(look(at: [:], after: 10) == [])
    #expect(files.deadline == nil)
  }

  @Test mutating func aFileThatGoesBeforeItSettlesIsForgotten() {
    _ = look(at: ["a": 1])
    #expect(look(at: [:], after: 20) == [])
    #expect(files.deadline == nil)
  }

  @Test mutating func whatIsNotTakenSettlesAgain() {
    _ = look(at: ["a": 1])
    now = now + .milliseconds(10)
    #expect(files.look(at: ["a": 1], now: now).map(\.name) == ["a"])
    #expect(files.deadline == now)
    #expect(look(at: ["a": 1]) == ["a=1"])
  }

  @Test mutating func whatCouldNotBeReadIsToldOfAtEachLook() {
    _ = look(at: ["a": 1])
    now = now + .milliseconds(10)
    for _ in 0..<2 {
      let changes = files.look(at: ["a": 1], now: now)
      #expect(changes.map(\.name) == ["a"])
      for change in changes { files.take(change, isRead: false) }
      #expect(files.deadline == nil, "nobody waits for it")
    }
    #expect(look(at: ["a": 2]) == [], "one that changes has to settle first")
    #expect(look(at: ["a": 2], after: 10) == ["a=2"])
    #expect(look(at: ["a": 2]) == [])
  }

  /// Whatever happens, what was taken last is in the end what is there.
  @Test(arguments: 0..<20 as Range<UInt64>)
  mutating func whatIsTakenIsWhatIsThere(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var stamps: [String: Int] = [:]
    var taken: [String: Int] = [:]
    for step in 0..<300 {
      let name = random.pick(["a", "b", "c"])
      if random.oneIn(3) { stamps[name] = random.oneIn(3) ? nil : step }
      now = now + .milliseconds(random.below(12))
      for change in files.look(at: stamps, now: now) {
        #expect(change.stamp == stamps[change.name])
        if random.oneIn(4) { continue }
        files.take(change)
        taken[change.name] = change.stamp
      }
    }
    for _ in 0..<2 {
      now = now + .milliseconds(10)
      for change in files.look(at: stamps, now: now) {
        files.take(change)
        taken[change.name] = change.stamp
      }
    }
    #expect(taken == stamps)
    #expect(files.deadline == nil)
  }
}
