package import Logging
package import Model
import Synchronization

/// Writes what became of resources into their statuses: one write a resource for all its tenants, and none where
/// nothing has changed.
package actor StatusWriter {
  private let store: any RuleStore
  private let watch: ResourceWatch
  private let leadership: LeadershipCell
  private let metrics: InformerMetrics
  private let time: any TimeSource
  private let delay: Duration
  private let answerTimeout: Duration
  private let parallelism: Int
  private let logger: Logger
  private var book = StatusBook()
  private var failure: String?

  /// The tenants for which something stands otherwise.
  private nonisolated let tenants = Mutex<Set<TenantID>>([])
  private nonisolated let signals: AsyncStream<Void>
  private nonisolated let signal: AsyncStream<Void>.Continuation

  /// - Parameters:
  ///   - delay: how long what changes is collected. It is also the wait after a failure.
  ///   - answerTimeout: how long a write may take.
  ///   - parallelism: how many statuses are written at a time.
  package init(
    store: any RuleStore, watch: ResourceWatch, leadership: LeadershipCell, metrics: InformerMetrics,
    time: any TimeSource, delay: Duration = .seconds(1), answerTimeout: Duration = .seconds(30), parallelism: Int = 4,
    logger: Logger
  ) {
    self.store = store
    self.watch = watch
    self.leadership = leadership
    self.metrics = metrics
    self.time = time
    self.delay = delay
    self.answerTimeout = answerTimeout
    self.parallelism = parallelism
    self.logger = logger
    (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Something stands otherwise for a tenant.
  nonisolated func note(_ tenant: TenantID) {
    tenants.withLock { _ = $0.insert(tenant) }
    signal.yield()
  }

  /// Works until the task is cancelled.
  ///
  /// - Parameter memory: where it is remembered how the groups stand.
  package func run(_ memory: SyncMemory) async {
    await withDiscardingTaskGroup { group in
      group.addTask { await self.followResources() }
      group.addTask { await self.followLeadership() }
      group.addTask {
        for await _ in self.signals {
          guard (try? await self.time.sleep(until: self.time.now + self.delay)) != nil else { return }
          await self.write(memory)
        }
      }
    }
  }

  /// Resources without any tenant are in nobody's pass.
  private func followResources() async {
    for await view in watch.views.values() where view.index.resources.contains(where: \.tenants.isEmpty) {
      signal.yield()
    }
  }

  /// What could not be written because another informer leads is written when this one does.
  private func followLeadership() async {
    for await leads in leadership.changes() where leads { signal.yield() }
  }

  private func write(_ memory: SyncMemory) async {
    guard leadership.term != nil, let view = watch.views.newest else { return }
    let tenants = tenants.withLock { tenants in
      defer { tenants = [] }
      return tenants
    }
    let entries = book.entries(for: tenants, in: view, now: Int64(time.secondsSince1970)) { memory.record(of: $0) }
    var failed: [StatusBook.Entry] = []
    await withTaskGroup(of: (StatusBook.Entry, RuleStoreFailure?).self) { group in
      var rest = entries[...]
      for entry in rest.prefix(parallelism) { group.addTask { await (entry, self.write(entry)) } }
      rest = rest.dropFirst(parallelism)
      while let (entry, failure) = await group.next() {
        if note(entry, failure) { failed.append(entry) }
        if let next = rest.popFirst() { group.addTask { await (next, self.write(next)) } }
      }
    }
    for entry in failed { tryAgain(entry, in: view) }
  }

  private nonisolated func write(_ entry: StatusBook.Entry) async -> RuleStoreFailure? {
    guard let term = leadership.term else { return RuleStoreFailure(.transient, "this informer does not lead") }
    let result = await TimeLimit.run(until: min(time.now + answerTimeout, term.lapse), on: time) { [store] in
      do throws(RuleStoreFailure) {
        try await store.writeStatus(entry.status, of: entry.rule)
        return RuleStoreFailure?.none
      } catch {
        return error
      }
    }
    return result ?? RuleStoreFailure(.transient, "no answer in time")
  }

  /// - Returns: whether the status has to be written again.
  private func note(_ entry: StatusBook.Entry, _ failure: RuleStoreFailure?) -> Bool {
    metrics.statusWrites.with(failure == nil ? "success" : "failure").increment()
    guard let failure else {
      book.wrote(entry)
      self.failure = nil
      return false
    }
    // A resource that is gone needs no status.
    if failure.kind == .notFound { return false }
    if failure.message != self.failure, leadership.term != nil {
      logger.warning("the status of \(entry.rule.id) is not written: \(failure)")
    }
    self.failure = failure.message
    return failure.kind == .transient || failure.kind == .conflict
  }

  private func tryAgain(_ entry: StatusBook.Entry, in view: ResourceView) {
    let names = Set(entry.rule.tenants)
    tenants.withLock { $0.formUnion(view.index.tenants.filter { names.contains($0.name) }) }
    signal.yield()
  }
}
