/// One tenant's share of a load, on its way upstream.
package struct UpstreamRequest: Sendable {
  /// Tells the requests of one receiver apart.
  package var index: Int
  /// Goes out as `X-Scope-OrgID`.
  package var tenant: TenantID
  /// A snappy block with a write request.
  package var body: SharedBytes
  /// The sender's `Retry-Attempt`, where it gave one.
  package var retryAttempt: String?
  /// How long the request may take in all, connecting included.
  package var timeout: Duration
  /// Whether it was sent before, and failed.
  package var isRetry: Bool
  /// Which replica of a highly available pair the share is from, where it is from one and that is asked for.
  package var replica: ReplicaIdentity?

  package init(
    index: Int, tenant: TenantID, body: SharedBytes, retryAttempt: String?, timeout: Duration, isRetry: Bool = false,
    replica: ReplicaIdentity? = nil
  ) {
    self.index = index
    self.tenant = tenant
    self.body = body
    self.retryAttempt = retryAttempt
    self.timeout = timeout
    self.isRetry = isRetry
    self.replica = replica
  }
}
