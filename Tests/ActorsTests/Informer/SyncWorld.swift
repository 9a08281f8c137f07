import InMemoryLogging
import Logging
import Model
import TestSupport

@testable import Actors

/// Both sides, the ledgers, and the clock: what several informers and people have in common.
final class SyncWorld: Sendable {
  let ruler: FakeRuler
  let store = FakeRuleStore()
  let ledgers = FakeLedgerStore()
  let time = ManualTime()
  let log = InMemoryLogHandler()

  /// - Parameter rewrite: what the ruler makes of a group that it is given.
  init(rewrite: @escaping @Sendable (RuleGroup) -> RuleGroup = { $0 }) {
    ruler = FakeRuler(rewrite: rewrite)
  }

  var logger: Logger { Logger(label: "test") { [log] _ in log } }

  /// What informers have written to either side, but for statuses.
  var writeCount: Int {
    ruler.writes.count
      + store.writes.count { write in
        if case .status = write { false } else { true }
      }
  }
}
