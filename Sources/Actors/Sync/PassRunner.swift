import Model

/// Runs the passes of one direction when they are due.
actor PassRunner {
  private enum Work {
    case pass(TenantID)
    case pause(PassSchedule.Pause)
  }

  private let half: SyncHalf
  private let sync: TenantSync
  private let random: @Sendable () -> Double
  private var schedule: PassSchedule
  private var round = PassRound()
  /// There is at most one item a tenant at a time.
  private let work: AsyncStream<Work>
  private let continuation: AsyncStream<Work>.Continuation

  init(_ half: SyncHalf, sync: TenantSync, configuration: PassConfiguration, random: @escaping @Sendable () -> Double) {
    self.half = half
    self.sync = sync
    self.random = random
    schedule = PassSchedule(parallelism: configuration.parallelism, backoff: configuration.backoff)
    (work, continuation) = AsyncStream.makeStream()
  }

  /// Works until the task is cancelled.
  func run() async {
    await withDiscardingTaskGroup { group in
      for await item in work {
        group.addTask { await self.work(on: item) }
      }
    }
  }

  /// Something has changed for these tenants.
  func changed(_ tenants: Set<TenantID>) {
    guard sync.leadership.term != nil else { return }
    perform(schedule.changed(tenants.sorted()))
  }

  /// It is time to look at these tenants again.
  ///
  /// - Parameter areLast: whether nobody else is due: where nobody is at all, all are in step.
  func due(_ tenants: Set<TenantID>, areLast: Bool = false) {
    guard sync.leadership.term != nil else { return }
    round.due(tenants)
    if areLast, round.isOver { noteSuccess() }
    perform(schedule.due(tenants.sorted()))
  }

  /// Begins no more passes until somebody asks again.
  func stop() {
    schedule.stop()
    round = PassRound()
  }

  private func perform(_ actions: [PassSchedule.Action]) {
    for action in actions {
      switch action {
      case .start(let tenant): continuation.yield(.pass(tenant))
      case .pause(let pause): continuation.yield(.pause(pause))
      }
    }
  }

  private func work(on item: Work) async {
    switch item {
    case .pass(let tenant):
      let end = await sync.pass(over: tenant, half)
      perform(schedule.ended(tenant, end, now: sync.time.now, random: random()))
      if round.ended(tenant, end) { noteSuccess() }
    case .pause(let pause):
      // One that was cut short ends with the runner.
      guard (try? await sync.time.sleep(until: pause.until)) != nil else { return }
      perform(schedule.pauseEnded(pause))
    }
  }

  private func noteSuccess() {
    sync.metrics.noteSuccess(half, at: sync.time.secondsSince1970)
  }
}
