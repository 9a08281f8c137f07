/// The tenants that a ruler and a distributor know of. One that is missing here may be there all the same: this list
/// only ever adds tenants.
package struct RulerTenants: Sendable, Equatable {
  /// As they were read: a name may be no tenant ID.
  package var names: Set<String>
  /// The sources that did not answer, with the reason.
  package var failures: [String]

  package init(names: Set<String>, failures: [String] = []) {
    self.names = names
    self.failures = failures
  }
}
