package import Model

/// The limits of a forwarder pool.
package struct ForwarderConfiguration: Sendable {
  /// The greatest length of a load's contents, in bytes.
  package var decompressedLengthLimit: Int
  /// How many requests of one load may be on their way at a time.
  package var maximumParallelRequestsPerLoad: Int
  /// How long a load may take, retries included.
  package var forwardTimeout: Duration
  /// When a tenant's request is tried again.
  package var retries: RetryPolicy
  /// The labels that tell the replicas of highly available pairs apart; `nil` where nobody wants to know.
  package var replicaLabels: ReplicaLabels?

  package init(
    decompressedLengthLimit: Int = 134_217_728, maximumParallelRequestsPerLoad: Int = 64,
    forwardTimeout: Duration = .seconds(20), retries: RetryPolicy = RetryPolicy(), replicaLabels: ReplicaLabels? = nil
  ) {
    self.decompressedLengthLimit = decompressedLengthLimit
    self.maximumParallelRequestsPerLoad = maximumParallelRequestsPerLoad
    self.forwardTimeout = forwardTimeout
    self.retries = retries
    self.replicaLabels = replicaLabels
  }
}
