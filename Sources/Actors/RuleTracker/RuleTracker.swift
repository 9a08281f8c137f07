import Model

/// Keeps the resources in step with the ruler: looks every while for what is new or changed there.
package actor RuleTracker {
  private let configuration: PassConfiguration
  private let sync: TenantSync
  private let directory: TenantDirectory
  private let runner: PassRunner

  /// - Parameter random: numbers in 0 ..< 1 that spread the waits after failures.
  package init(
    configuration: PassConfiguration, sync: TenantSync, directory: TenantDirectory,
    random: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
  ) {
    self.configuration = configuration
    self.sync = sync
    self.directory = directory
    runner = PassRunner(.tracker, sync: sync, configuration: configuration, random: random)
    directory.showObstacle()
  }

  /// Works until the task is cancelled.
  package func run() async {
    await withDiscardingTaskGroup { group in
      group.addTask { await self.runner.run() }
      group.addTask { await self.followLeadership() }
      group.addTask { await self.lookEveryWhile() }
    }
  }

  /// Whoever begins to lead does not know when the one before it has looked.
  private func followLeadership() async {
    for await leads in sync.leadership.changes() {
      if leads { await lookAtAll() } else { await runner.stop() }
    }
  }

  private func lookEveryWhile() async {
    // Without the resources there is nothing to compare with, and the next look would be long in coming.
    for await _ in sync.watch.views.values() { break }
    while !Task.isCancelled {
      let next = sync.time.now + configuration.interval
      // Those that are known need not wait until a slow source of tenants has answered, and are not looked at twice.
      let known = await lookAtAll()
      let areLast = await directory.discover(for: .tracker)
      await lookAtAll(but: known, areLast: areLast)
      guard (try? await sync.time.sleep(until: next)) != nil else { return }
    }
  }

  /// The resources have to be known: what is not among them would be imported.
  ///
  /// - Parameters:
  ///   - known: tenants that need not be looked at.
  ///   - areLast: whether there are no further tenants.
  /// - Returns: those that are looked at.
  @discardableResult
  private func lookAtAll(but known: Set<TenantID> = [], areLast: Bool = false) async -> Set<TenantID> {
    guard let view = sync.watch.views.newest else { return [] }
    directory.note(view)
    // As long as nothing may be written, there are no tenants for another reason.
    guard directory.obstacle == nil else { return [] }
    let tenants = directory.tenants(for: .tracker).subtracting(known)
    await runner.due(tenants, areLast: areLast)
    return tenants
  }
}
