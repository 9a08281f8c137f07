/// What one tenant gets of a load.
package struct TenantPortion: Sendable {
  /// The tenant.
  package var tenant: TenantID
  /// Whether the tenant gets everything by default, rather than by the value of a label.
  package var isDefault: Bool
  /// A snappy block with a write request.
  package var body: SharedBytes
  /// What is in it.
  package var contents: PortionContents
  /// Which replica of a highly available pair it is from, where it is from one and the splitter was told what tells them
  /// apart.
  package var replica: ReplicaIdentity?
}
