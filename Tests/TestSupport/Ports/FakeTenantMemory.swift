package import Model

/// Remembered tenants, in memory.
package final class FakeTenantMemory: TenantMemory {
  private let names: Watched<Set<String>?>
  private let failure: TenantMemoryFailure?

  /// - Parameter failure: how every request ends, where it does not succeed.
  package init(_ names: Set<String>?, failure: TenantMemoryFailure? = nil) {
    self.names = Watched(names)
    self.failure = failure
  }

  /// Returns when these names are remembered.
  package func wait(for expected: Set<String>) async throws -> Bool {
    try await names.wait(for: "\(expected) to be remembered") { $0 == expected } == expected
  }

  package func recall() async throws(TenantMemoryFailure) -> Set<String>? {
    if let failure { throw failure }
    return names.value
  }

  package func remember(_ names: Set<String>) async throws(TenantMemoryFailure) {
    if let failure { throw failure }
    self.names.update { $0 = names }
  }
}
