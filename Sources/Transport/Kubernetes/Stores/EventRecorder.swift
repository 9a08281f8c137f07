internal import Logging
internal import Model

/// Writes events about resources, one after the other and as many as are good for people.
final class EventRecorder: Sendable {
  private static let controller = "open-metrics.vgs.io/informer"
  /// The bytes of a note that Kubernetes takes.
  private static let noteLimit = 1024
  private static let instanceLimit = 128
  /// What is left of a resource's name beside what makes an event's name unlike all others.
  private static let namePrefixLimit = 200

  private let client: KubernetesClient
  private let instance: String
  private let logger: Logger
  private let pending: AsyncStream<RuleEvent>
  private let continuation: AsyncStream<RuleEvent>.Continuation

  /// - Parameters:
  ///   - instance: the name of this process.
  ///   - backlog: how many events wait; further ones are dropped.
  init(client: KubernetesClient, instance: String, backlog: Int, logger: Logger) {
    self.client = client
    self.instance = instance.beginning(upTo: Self.instanceLimit)
    self.logger = logger
    (pending, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(backlog))
  }

  /// Takes an event, to be written soon.
  func record(_ event: RuleEvent) {
    var event = event
    event.note = event.note.beginning(upTo: Self.noteLimit)
    if case .dropped = continuation.yield(event) { client.metrics.eventsDropped.increment() }
  }

  /// Writes until the task is cancelled.
  func run() async {
    var correlator = EventCorrelator()
    for await event in pending {
      do throws(KubernetesFailure) {
        try await perform(correlator.observe(event, at: client.time.now), &correlator)
      } catch {
        // An event that is not written is no reason not to do what it is about.
        client.metrics.eventsDropped.increment()
        logger.info("an event about \(event.resource) could not be written: \(error)")
      }
    }
  }

  private func perform(
    _ action: EventCorrelator.Action, _ correlator: inout EventCorrelator
  ) async throws(KubernetesFailure) {
    switch action {
    case .drop:
      client.metrics.eventsDropped.increment()
    case .create(let event, let key):
      try await create(event, key, &correlator)
    case .count(let event, let key, let name, let total):
      do throws(KubernetesFailure) {
        try await client.merge(.event, ResourceID(namespace: event.resource.namespace, name: name), series(total))
      } catch  where error.kind == .notFound {
        correlator.vanished(key)
        try await create(event, key, &correlator)
      }
    }
  }

  private func create(
    _ event: RuleEvent, _ key: EventKey, _ correlator: inout EventCorrelator
  ) async throws(KubernetesFailure) {
    let document = try await client.create(.event, in: event.resource.namespace, self.document(event))
    if let name = document["metadata"]?["name"]?.text { correlator.created(key, as: name) }
  }

  private func document(_ event: RuleEvent) -> DocumentNode {
    let prefix = event.resource.name.prefix(Self.namePrefixLimit)
    return .object([
      ("apiVersion", .text(ResourceKind.event.apiVersion)),
      ("kind", .text(ResourceKind.event.kind)),
      (
        "metadata",
        .object([
          ("generateName", .text("\(prefix.last == "." ? prefix.dropLast() : prefix)-")),
          ("namespace", .text(event.resource.namespace)),
        ])
      ),
      ("eventTime", .text(now)),
      ("reportingController", .text(Self.controller)),
      ("reportingInstance", .text(instance)),
      ("action", .text("Sync")),
      ("reason", .text(event.reason)),
      ("type", .text(event.kind.rawValue)),
      ("note", .text(event.note.beginning(upTo: Self.noteLimit))),
      (
        "regarding",
        .object([
          ("apiVersion", .text(OpenMetricsRule.apiVersion)),
          ("kind", .text(OpenMetricsRule.kind)),
          ("name", .text(event.resource.name)),
          ("namespace", .text(event.resource.namespace)),
          ("uid", .text(event.uid)),
          ("resourceVersion", .text(event.resourceVersion)),
        ])
      ),
    ])
  }

  private func series(_ total: Int) -> DocumentNode {
    .object([
      (
        "series",
        .object([
          ("count", .number(total)),
          ("lastObservedTime", .text(now)),
        ])
      )
    ])
  }

  private var now: String { MicroTime.text(client.time.secondsSince1970) }
}
