/// What a watch told.
package enum ResourceChange<Item: Sendable>: Sendable {
  /// A resource is new, or another than before.
  case set(ResourceID, Item, version: String)
  case removed(ResourceID, version: String)
  /// Nothing but that time has passed.
  case bookmark(version: String)
}
