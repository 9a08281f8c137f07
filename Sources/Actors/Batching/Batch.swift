import Model

/// Requests that go as one.
struct Batch: Sendable {
  /// Whose requests may share one.
  struct Key: Sendable, Hashable {
    let tenant: TenantID
    let replica: ReplicaIdentity?
    /// Whether they have failed before, be it the sender who says so. Such requests go with their like: what makes the
    /// upstream fail must not do so for others time and again.
    let isRepeated: Bool

    init(_ request: UpstreamRequest) {
      tenant = request.tenant
      replica = request.replica
      isRepeated = request.isRetry || request.retryAttempt != nil
    }
  }

  /// Tells batches apart.
  let number: Int
  let key: Key
  /// What it is made of, in the order in which it came, without those that were given up.
  var requests: [PendingRequest]
  /// Whether it was made of several requests.
  let isJoined: Bool
  /// When it has to be over: when the first of its requests has to be.
  let deadline: MonotonicTime

  /// - Parameter requests: at least one.
  init(number: Int, key: Key, requests: [PendingRequest]) {
    self.number = number
    self.key = key
    self.requests = requests
    isJoined = requests.count > 1
    deadline = requests.reduce(requests[0].deadline) { min($0, $1.deadline) }
  }
}
