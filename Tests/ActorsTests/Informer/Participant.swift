import InMemoryLogging
import Logging
import Model
import TestSupport

@testable import Actors

/// One who takes part in an election.
final class Participant: Sendable {
  let cell: LeadershipCell
  let transitions = Counter("transitions_total", help: "")
  private let work: Task<Void, Never>
  private let isLeading = Watched(false)
  private let listening: Task<Void, Never>

  /// Takes part from now on.
  init(_ process: FakeProcess, lease: FakeLeaseStore, time: ManualTime, log: InMemoryLogHandler) {
    cell = LeadershipCell(time: time)
    let leadership = Leadership(
      configuration: ElectionConfiguration(identity: process.name), store: lease.store(of: process), cell: cell,
      transitions: transitions, time: time, logger: Logger(label: "test") { _ in log }, random: { 0 })
    work = Task { await leadership.run() }
    listening = Task { [cell, isLeading] in
      for await leads in cell.changes() { isLeading.update { $0 = leads } }
    }
  }

  /// Returns when it leads, or does not any more.
  func leads(_ leads: Bool = true) async throws {
    try await isLeading.wait(for: "leading to be \(leads)") { $0 == leads }
  }

  /// Ends as on SIGTERM.
  func end() async {
    work.cancel()
    await work.value
    listening.cancel()
  }
}
