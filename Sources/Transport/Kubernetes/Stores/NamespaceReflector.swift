internal import Logging
internal import Model

/// Keeps the resources of one namespace, or of all, in step with Kubernetes.
struct NamespaceReflector: Sendable {
  let client: KubernetesClient
  /// `nil` for all.
  let namespace: String?
  let selector: String
  let resync: Duration?
  let logger: Logger
  let random: @Sendable () -> Double
  /// Takes every state from the first complete list on.
  let publish: @Sendable (_ resources: [ResourceID: OpenMetricsRule], _ faults: [String]) -> Void

  /// Works until the task is cancelled.
  func run() async {
    var reflector = Reflector<OpenMetricsRule>(resync: resync)
    var action = Reflector<OpenMetricsRule>.Action.list
    var hasFailed = false
    while !Task.isCancelled {
      switch action {
      case .list:
        let result = await list()
        note(result, &hasFailed)
        action = reflector.listed(result, now: client.time.now, random: random())
        if case .success = result { publish(reflector.items, reflector.faults) }
      case .watch(let version, let seconds):
        let ending = await client.watch(
          .openMetricsRule, in: namespace, selector: selector, from: version, seconds: seconds
        ) { (events) throws(DocumentError) in
          let changes = try Self.changes(events)
          if reflector.apply(changes) { publish(reflector.items, reflector.faults) }
        }
        note(ending)
        action = reflector.watchEnded(ending, now: client.time.now, random: random())
      case .wait(let deadline):
        // A sleep that was cut short ends the loop.
        try? await client.time.sleep(until: deadline)
        action = reflector.waited(now: client.time.now, random: random())
      }
    }
  }

  private func list() async -> Result<ResourceListing<OpenMetricsRule>, KubernetesFailure> {
    do {
      return .success(try await Self.list(by: client, in: namespace, selector))
    } catch {
      return .failure(error)
    }
  }

  /// All resources as they are now.
  static func list(
    by client: KubernetesClient, in namespace: String?, _ selector: String
  ) async throws(KubernetesFailure) -> ResourceListing<OpenMetricsRule> {
    try await client.list(.openMetricsRule, in: namespace, selector: selector) {
      (document) throws(DocumentFault) in
      let rule = try OpenMetricsRule(document: document)
      return (rule.id, rule)
    }
  }

  private static func changes(_ events: [WatchEvent]) throws(DocumentError) -> [ResourceChange<OpenMetricsRule>] {
    var changes: [ResourceChange<OpenMetricsRule>] = []
    do {
      for event in events {
        switch event {
        case .added(let document), .modified(let document):
          let rule = try OpenMetricsRule(document: document)
          changes.append(.set(rule.id, rule, version: rule.resourceVersion))
        case .deleted(let document):
          let rule = try OpenMetricsRule(document: document)
          changes.append(.removed(rule.id, version: rule.resourceVersion))
        case .bookmark(let version):
          if !version.isEmpty { changes.append(.bookmark(version: version)) }
        case .error:
          preconditionFailure("an error is the end of a watch and none of its events")
        }
      }
    } catch {
      throw DocumentError("an event is about no OpenMetricsRule: \(error)")
    }
    return changes
  }

  // MARK: Telling people

  private var place: String { namespace.map { "namespace \($0)" } ?? "all namespaces" }

  /// Logs a first failure, and that there is none any more.
  private func note(
    _ result: Result<ResourceListing<OpenMetricsRule>, KubernetesFailure>, _ hasFailed: inout Bool
  ) {
    switch result {
    case .success(let listing):
      if hasFailed { logger.notice("the resources of \(place) can be listed again: \(listing.items.count)") }
      hasFailed = false
      for fault in listing.faults { logger.error("a resource in \(place) cannot be read: \(fault)") }
    case .failure(let failure):
      guard failure.kind != .cancelled else { return }
      client.metrics.watchRestarts.with("list").increment()
      if !hasFailed { logger.error("the resources of \(place) cannot be listed; what was known stays: \(failure)") }
      hasFailed = true
    }
  }

  private func note(_ ending: WatchEnding) {
    let (reason, message): (String, String)
    switch ending {
    case .closed: return
    case .failed(let failure) where failure.kind == .cancelled: return
    case .failed(let failure): (reason, message) = (failure.kind.label, failure.message)
    case .broken(let text): (reason, message) = ("broken", text)
    case .unreadable(let text): (reason, message) = ("unreadable", text)
    }
    client.metrics.watchRestarts.with(reason).increment()
    logger.info("the watch of \(place) begins anew: \(message)")
  }
}
