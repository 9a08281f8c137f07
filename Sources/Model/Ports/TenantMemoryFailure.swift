/// Why the remembered tenants were not read or written.
package struct TenantMemoryFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// In words, for people.
  package var description: String

  package init(_ description: String) {
    self.description = description
  }
}
