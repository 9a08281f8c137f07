/// The tenants that one source allows at a moment: a snapshot that replaces the source's last one.
package struct TenantSet: Sendable, Equatable {
  /// Where the tenants come from, such as `kubernetes`.
  package var source: String
  /// The tenant names as the source has them, valid or not.
  package var names: Set<String>

  package init(source: String, names: Set<String>) {
    self.source = source
    self.names = names
  }
}
