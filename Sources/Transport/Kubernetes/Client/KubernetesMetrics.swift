package import Model

/// What a Kubernetes client counts.
package struct KubernetesMetrics: Sendable {
  /// Requests by verb and by the answer's status; `error` where there was none.
  let requests = CounterFamily(
    "open_metrics_kubernetes_requests_total", help: "Requests to the Kubernetes API.", labels: ["verb", "code"])
  /// Watches that ended otherwise than by the server's own will, and lists that failed.
  let watchRestarts = CounterFamily(
    "open_metrics_kubernetes_watch_restarts_total", help: "Watches that began anew, by what ended the one before.",
    labels: ["reason"])
  /// Events for people that were not written.
  let eventsDropped = Counter(
    "open_metrics_kubernetes_events_dropped_total", help: "Events about resources that were one too many.")

  package init() {
    // Shown from the beginning, so that the first one is an increase.
    for reason in ["gone", "throttled", "server", "broken", "unreadable", "list"] { _ = watchRestarts.with(reason) }
  }

  /// All of them, to be registered.
  package var all: [any MetricCollector] { [requests, watchRestarts, eventsDropped] }
}
