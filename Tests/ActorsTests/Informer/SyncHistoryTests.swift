import Model
import Testing

@testable import Actors

@Suite struct SyncHistoryTests {
  @Test(arguments: (0..<20).map { UInt64($0) }, [false, true])
  func bothSidesComeInStepAndNothingIsLost(block: UInt64, interrupts: Bool) async throws {
    let tenant = try TenantID("acme")
    for seed in (block * 10)..<(block * 10 + 10) {
      let history = SyncHistory(seed: seed, tenant: tenant, interrupts: interrupts)
      await history.run(steps: 25)
      guard history.faults.isEmpty else {
        Issue.record("seed \(seed): \(history.faults.joined(separator: "; "))\n\(history.log.joined(separator: "\n"))")
        return
      }
    }
  }
}
