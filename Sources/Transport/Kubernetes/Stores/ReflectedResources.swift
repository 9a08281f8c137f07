internal import Model

/// The resources of all namespaces that count, as their reflectors have last stated them.
struct ReflectedResources: ~Copyable {
  private let namespaceCount: Int
  private var states: [String?: (resources: [ResourceID: OpenMetricsRule], faults: [String])] = [:]
  private var revision = 0

  /// - Parameter namespaceCount: how many reflectors there are.
  init(namespaceCount: Int) {
    self.namespaceCount = namespaceCount
  }

  /// A reflector states what its namespace has.
  ///
  /// - Returns: all resources, once every reflector has stated something.
  mutating func state(
    _ namespace: String?, _ resources: [ResourceID: OpenMetricsRule], _ faults: [String]
  ) -> RuleStoreSnapshot? {
    states[namespace] = (resources, faults)
    guard states.count == namespaceCount else { return nil }
    // With one namespace its own dictionary is passed on, and not a copy.
    let all = states.count == 1 ? resources : states.values.reduce(into: [:]) { $0.merge($1.resources) { $1 } }
    return RuleStoreSnapshot(
      resources: all, faults: states.values.flatMap(\.faults), revision: nextRevision())
  }

  mutating func nextRevision() -> Int {
    revision += 1
    return revision
  }
}
