import Logging
import Model
import TestSupport

@testable import Transport

/// A ``KubernetesRuleStore`` that runs against a kube-apiserver in memory.
final class RuleStoreStage: Sendable {
  let server: FakeKubernetes
  let running: RunningKubernetes
  let store: KubernetesRuleStore
  private let seen = Watched<[RuleStoreSnapshot]>([])
  private let tasks: [Task<Void, Never>]

  /// - Parameter prepare: happens before the store is there.
  static func start(
    namespaces: Set<String>? = ["default"], selector: String = "", resync: Duration? = nil,
    networkTime: any TimeSource = SystemTime(), eventLimit: Int = 1 << 20,
    _ prepare: (FakeKubernetes) throws -> Void = { _ in }
  ) async throws -> RuleStoreStage {
    let server = try await FakeKubernetes.start()
    try prepare(server)
    let running = RunningKubernetes(server, networkTime: networkTime) { $0.eventLimit = eventLimit }
    let store = KubernetesRuleStore(
      client: running.client,
      configuration: KubernetesRuleStoreConfiguration(
        namespaces: namespaces, selector: selector, resync: resync, instance: "pod-a"),
      logger: .silent, random: { 0 })
    return RuleStoreStage(server: server, running: running, store: store)
  }

  private init(server: FakeKubernetes, running: RunningKubernetes, store: KubernetesRuleStore) {
    self.server = server
    self.running = running
    self.store = store
    let snapshots = store.snapshots()
    tasks = [
      Task { await store.run() },
      Task { [seen] in
        for await snapshot in snapshots { seen.update { $0.append(snapshot) } }
      },
    ]
  }

  deinit {
    for task in tasks { task.cancel() }
  }

  /// The newest snapshot.
  var newest: RuleStoreSnapshot? { seen.value.last }

  /// Returns the newest snapshot as soon as it satisfies a condition.
  func wait(
    for what: String, until isSatisfied: @escaping @Sendable (RuleStoreSnapshot) -> Bool
  ) async throws -> RuleStoreSnapshot {
    let snapshots = try await seen.wait(for: what) { $0.last.map(isSatisfied) ?? false }
    guard let newest = snapshots.last else { throw CancellationError() }
    return newest
  }

  /// The reason of watches that began anew, with how often.
  func restarts(_ reason: String) -> Int {
    running.client.metrics.watchRestarts.with(reason).value
  }
}
