/// The resources of a rule store at a moment.
package struct RuleStoreSnapshot: Sendable {
  /// Every resource, those that cannot be read wholly among them.
  package var resources: [ResourceID: OpenMetricsRule]
  /// Documents of which not even the name could be read, with the reason. While there is one, what is not in
  /// ``resources`` is not known to be absent.
  package var faults: [String]
  /// Counts the snapshots of a store.
  package var revision: Int

  package init(resources: [ResourceID: OpenMetricsRule], faults: [String] = [], revision: Int = 0) {
    self.resources = resources
    self.faults = faults
    self.revision = revision
  }
}
