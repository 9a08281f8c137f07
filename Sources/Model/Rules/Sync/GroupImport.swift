/// A resource to be created for a group that was found in the ruler.
package struct GroupImport: Sendable {
  /// The resource, with this group alone and for this tenant alone.
  package var resource: OpenMetricsRule
  package var group: RuleGroup
  /// Of ``group``, as the ruler has it.
  package var hash: ContentHash
  /// Of the resource.
  package var sighting: LedgerEntry.Sighting
}
