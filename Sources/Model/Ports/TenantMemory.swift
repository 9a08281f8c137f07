/// Remembers, across restarts, which tenants a source allowed last: for a start while the source is away.
package protocol TenantMemory: Sendable {
  /// The names that were remembered last; `nil` where there are none yet.
  ///
  /// - Throws: why they cannot be read.
  func recall() async throws(TenantMemoryFailure) -> Set<String>?

  /// Replaces what is remembered, wholly or not at all.
  ///
  /// - Throws: why they cannot be written. What was remembered before is still there.
  func remember(_ names: Set<String>) async throws(TenantMemoryFailure)
}
