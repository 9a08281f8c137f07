import Model

/// Keeps the ruler in step with the resources: acts on their changes at once, and compares everything every while.
package actor RuleUpdater {
  private let configuration: PassConfiguration
  private let sync: TenantSync
  private let directory: TenantDirectory
  private let runner: PassRunner
  private var seen = SeenRevisions()

  /// - Parameter random: numbers in 0 ..< 1 that spread the waits after failures.
  package init(
    configuration: PassConfiguration, sync: TenantSync, directory: TenantDirectory,
    random: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
  ) {
    self.configuration = configuration
    self.sync = sync
    self.directory = directory
    runner = PassRunner(.updater, sync: sync, configuration: configuration, random: random)
    directory.showObstacle()
  }

  /// Works until the task is cancelled.
  package func run() async {
    await withDiscardingTaskGroup { group in
      group.addTask { await self.runner.run() }
      group.addTask { await self.followResources() }
      group.addTask { await self.followLeadership() }
      group.addTask { await self.compareAll() }
    }
  }

  /// Has every tenant looked at that something has changed for.
  private func followResources() async {
    for await view in sync.watch.views.values() {
      directory.note(view)
      let tenants = directory.tenants(for: .updater)
      await runner.changed(seen.changed(tenants, in: view))
    }
  }

  /// Whoever begins to lead does not know what the one before it has seen.
  private func followLeadership() async {
    for await leads in sync.leadership.changes() {
      if leads { await lookAtAll() } else { await runner.stop() }
    }
  }

  private func compareAll() async {
    while !Task.isCancelled {
      let next = sync.time.now + configuration.interval
      await lookAtAll()
      let areLast = await directory.discover(for: .updater)
      await lookAtAll(areLast: areLast)
      guard (try? await sync.time.sleep(until: next)) != nil else { return }
    }
  }

  /// - Parameter areLast: whether there are no further tenants.
  private func lookAtAll(areLast: Bool = false) async {
    // As long as nothing may be written, there are no tenants for another reason.
    guard sync.watch.views.newest != nil, directory.obstacle == nil else { return }
    await runner.due(directory.tenants(for: .updater), areLast: areLast)
  }
}
