/// All resources of a kind at a moment.
package struct ResourceListing<Item: Sendable>: Sendable {
  package var items: [ResourceID: Item]
  /// Resources of which not even the name could be read, with the reason.
  package var faults: [String]
  /// The moment; a watch goes on from here.
  package var version: String

  package init(items: [ResourceID: Item] = [:], faults: [String] = [], version: String = "") {
    self.items = items
    self.faults = faults
    self.version = version
  }
}
