/// Where several informers agree on which of them works: a Lease of Kubernetes, or a locked file.
package protocol LeaseStore: Sendable {
  /// The lease as it is; `nil` where there is none yet.
  func read() async throws(LeaseFailure) -> Lease?

  /// Creates the lease, or replaces the state that `lease.version` names.
  ///
  /// - Returns: the lease with its new version.
  /// - Throws: `conflict` where somebody else was faster.
  func write(_ lease: Lease) async throws(LeaseFailure) -> Lease
}
