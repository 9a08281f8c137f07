import Actors
import Foundation
import Model
import Testing
import Transport

@testable import App

/// Operators find every metric of the informer in the documentation, and no other.
@Suite struct MetricsDocumentationTests {
  /// What is put together where the program is.
  private static let elsewhere: Set<String> = [
    "open_metrics_informer_connections", "open_metrics_informer_connections_refused_total",
    "open_metrics_informer_leader",
  ]

  private func documented() throws -> Set<String> {
    let file = PythonEnvironment.root.appending(path: "Docs/Operations.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    return Set(text.matches(of: /`(open_metrics_(?:informer|kubernetes)_[a-z_]+)`/).map { String($0.output.1) })
  }

  @Test func theDocumentationNamesThemAll() throws {
    let collectors = InformerMetrics().all + RulerMetrics().all + KubernetesMetrics().all + ReviewMetrics().all
    let names = Set(collectors.flatMap { $0.collect() }.map(\.description.name))
    #expect(try documented() == names.union(Self.elsewhere))
  }

  /// What the design asks for, by the ends of the names.
  @Test(arguments: [
    "last_success_timestamp_seconds", "groups", "operations_total", "ruler_request_duration_seconds", "conflicts_total",
    "validation_failures_total", "leader", "watch_restarts_total", "ledger_writes_total", "tracker_rules",
    "tracker_tenants", "updater_rules", "updater_tenants",
  ])
  func everythingWorthWatchingIsThere(name: String) throws {
    #expect(try documented().contains { $0.hasSuffix("_\(name)") })
  }
}
