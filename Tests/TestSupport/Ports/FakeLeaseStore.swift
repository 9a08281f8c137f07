package import Model
import Synchronization

/// A lease in memory, for several processes.
package final class FakeLeaseStore: Sendable {
  private struct State {
    var lease: Lease?
    var lastVersion = 0
    var failure: LeaseFailure?
  }

  private let state = Watched(State())

  package init() {}

  /// The lease as it is.
  package var lease: Lease? { state.value.lease }

  /// Has every request fail from now on, or none.
  package func fail(with failure: LeaseFailure?) {
    state.update { $0.failure = failure }
  }

  /// Returns the lease as soon as it satisfies a condition.
  @discardableResult
  package func wait(for what: String, until isSatisfied: @escaping @Sendable (Lease?) -> Bool) async throws -> Lease? {
    try await state.wait(for: what) { isSatisfied($0.lease) }.lease
  }

  /// The lease as one process sees it.
  package func store(of process: FakeProcess) -> some LeaseStore {
    Client(world: self, process: process)
  }

  private func write(_ lease: Lease) -> Result<Lease, LeaseFailure> {
    state.update { state in
      if let failure = state.failure { return .failure(failure) }
      guard lease.version == state.lease?.version else { return .failure(.conflict) }
      state.lastVersion += 1
      var lease = lease
      lease.version = String(state.lastVersion)
      state.lease = lease
      return .success(lease)
    }
  }

  private func read() -> Result<Lease?, LeaseFailure> {
    let state = state.value
    return state.failure.map { .failure($0) } ?? .success(state.lease)
  }

  private struct Client: LeaseStore {
    let world: FakeLeaseStore
    let process: FakeProcess

    func read() async throws(LeaseFailure) -> Lease? {
      let answer = await process.call("read lease") { world.read() }
      return try (answer ?? .failure(.store("ended"))).get()
    }

    func write(_ lease: Lease) async throws(LeaseFailure) -> Lease {
      let answer = await process.call("write lease") { world.write(lease) }
      return try (answer ?? .failure(.store("ended"))).get()
    }
  }
}
