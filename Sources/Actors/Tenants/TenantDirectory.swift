package import Logging
package import Model
import Synchronization

/// Knows the tenants whose rules are kept in step, and finds further ones.
package final class TenantDirectory: Sendable {
  private let ports: SyncPorts
  private let readiness: Readiness
  private let time: any TimeSource
  private let answerTimeout: Duration
  private let logger: Logger
  private let state: Mutex<State>

  private struct State: ~Copyable {
    var machine: TenantDirectoryStateMachine
    var failures: Set<String> = []
  }

  /// - Parameters:
  ///   - configured: tenants that are looked for in the ruler in any case.
  ///   - readiness: says why nothing may be written to the ruler, as long as that is so.
  ///   - answerTimeout: how long a source of tenants may take to answer.
  package init(
    configured: Set<TenantID>, ports: SyncPorts, readiness: Readiness, time: any TimeSource,
    answerTimeout: Duration = .seconds(30), logger: Logger
  ) {
    self.ports = ports
    self.readiness = readiness
    self.time = time
    self.answerTimeout = answerTimeout
    self.logger = logger
    state = Mutex(State(machine: TenantDirectoryStateMachine(configured: configured)))
  }

  /// The tenants that may be looked at in a direction.
  package func tenants(for half: SyncHalf) -> Set<TenantID> {
    state.withLock { $0.machine.tenants(for: half) }
  }

  /// Why nothing may be written; `nil`: it may.
  package var obstacle: String? {
    state.withLock { $0.machine.obstacle }
  }

  /// Takes in the tenants that resources name.
  func note(_ view: ResourceView) {
    state.withLock { $0.machine.named(view.index.tenants) }
    showObstacle()
  }

  /// Asks those that may know of further tenants, and whether the ruler tells tenants apart.
  ///
  /// - Returns: whether all of them have answered, so that there are no others.
  @discardableResult
  func discover(for half: SyncHalf) async -> Bool {
    async let isolation = limited { [ports] in await ports.ruler.tenantIsolation() }
    var isComplete = await askLedgers()
    if half == .tracker, await !askRuler() { isComplete = false }
    let found = await isolation ?? .unknown(RulerFailure(.transient, message: "no answer in time"))
    state.withLock { $0.machine.found(found) }
    showObstacle()
    return isComplete
  }

  /// - Returns: whether they have answered.
  private func askLedgers() async -> Bool {
    let result = await limited { [ports] in
      do throws(LedgerFailure) {
        return Result<Set<TenantID>, LedgerFailure>.success(try await ports.ledgers.tenants())
      } catch {
        return .failure(error)
      }
    }
    switch result ?? .failure(.store("no answer in time")) {
    case .success(let tenants):
      state.withLock { $0.machine.named(tenants) }
      return true
    case .failure(let failure):
      log(failures: [failure.description], from: "ledgers")
      return false
    }
  }

  /// - Returns: whether the ruler and the distributor have answered.
  private func askRuler() async -> Bool {
    let found = await limited { [ports] in await ports.ruler.tenants() }
    guard let found else {
      log(failures: ["no answer in time"], from: "ruler")
      return false
    }
    let invalid = state.withLock { $0.machine.rulerNamed(found.names) }
    for error in invalid { logger.warning("the ruler names a tenant that cannot be one: \(error)") }
    log(failures: found.failures, from: "ruler")
    return found.failures.isEmpty
  }

  private func limited<Value: Sendable>(_ call: @escaping @Sendable () async -> Value) async -> Value? {
    await TimeLimit.run(until: time.now + answerTimeout, on: time, call)
  }

  /// Says why nothing may be written, as long as that is so. Whoever asks the ruler begins with this: where nobody does,
  /// there is no answer to wait for.
  func showObstacle() {
    if let obstacle {
      readiness.block(.ruler, obstacle)
    } else {
      readiness.clear(.ruler)
    }
  }

  /// Logs that a source of tenants did not answer, once as long as it is for the same reason.
  private func log(failures: [String], from source: String) {
    let now = Set(failures.map { "\(source): \($0)" })
    let new = state.withLock { state in
      defer { state.failures = state.failures.filter { !$0.hasPrefix(source) }.union(now) }
      return now.subtracting(state.failures)
    }
    for failure in new.sorted() { logger.warning("not all tenants may be known: \(failure)") }
  }
}
