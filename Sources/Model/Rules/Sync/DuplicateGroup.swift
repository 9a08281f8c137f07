/// A resource that has a group which another one has for the same tenant, too.
package struct DuplicateGroup: Sendable, Equatable {
  package var key: LedgerKey
  /// The resource whose group is left out.
  package var resource: ResourceID
  /// The resource whose group counts: the oldest, and among equally old ones the first by namespace and name.
  package var owner: ResourceID
}
