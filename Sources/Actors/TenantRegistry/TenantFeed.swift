package import Logging
package import Model

/// Tells the tenant registry which tenants the resources of a rule store name.
///
/// While the store is away, what it said last stays true. Where there is a memory, that holds across restarts too.
package actor TenantFeed {
  private let source: String
  private let store: any RuleStore
  private let memory: (any TenantMemory)?
  private let updates: AsyncStream<TenantSet>.Continuation
  private let logger: Logger
  private var machine = TenantFeedStateMachine()

  /// - Parameters:
  ///   - source: what the store is called towards people, such as `kubernetes`.
  ///   - memory: where the tenants are kept across restarts; `nil` where they are not.
  ///   - updates: those that the tenant registry reads.
  package init(
    source: String, store: any RuleStore, memory: (any TenantMemory)?,
    updates: AsyncStream<TenantSet>.Continuation, logger: Logger
  ) {
    self.source = source
    self.store = store
    self.memory = memory
    self.updates = updates
    self.logger = logger
  }

  /// Works until the task is cancelled.
  package func run() async {
    let snapshots = store.snapshots()
    await recall()
    for await snapshot in snapshots {
      guard let names = machine.received(snapshot) else { continue }
      announce(names)
      await remember(names)
    }
  }

  private func recall() async {
    do {
      guard let names = try await memory?.recall(), let names = machine.recalled(names) else { return }
      logger.info("\(source): \(names.count) tenants are remembered")
      announce(names)
    } catch {
      logger.warning("\(source): the remembered tenants cannot be read: \(error)")
    }
  }

  private func remember(_ names: Set<String>) async {
    do {
      try await memory?.remember(names)
    } catch {
      logger.warning("\(source): the tenants cannot be remembered: \(error)")
    }
  }

  private func announce(_ names: Set<String>) {
    updates.yield(TenantSet(source: source, names: names))
  }
}
