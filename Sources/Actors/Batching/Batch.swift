import Model

/// Requests of one tenant that go as one.
struct Batch: Sendable {
  /// Whose requests may share one: those for a tenant, of one replica.
  struct Key: Sendable, Hashable {
    let tenant: TenantID
    let replica: ReplicaIdentity

    init(_ request: UpstreamRequest) {
      tenant = request.tenant
      replica = request.replica
    }
  }

  /// Tells batches apart.
  let number: Int
  /// What it is made of, in the order in which it came, without those that were given up.
  var requests: [PendingRequest]
  /// Whose turn it takes; `nil` where it waits for nobody and nobody for it.
  let turn: Key?
  /// Whether it was made of several requests.
  let isJoined: Bool
  /// When it has to be over: when the first of its requests has to be.
  let deadline: MonotonicTime

  /// - Parameter requests: at least one.
  init(number: Int, requests: [PendingRequest], turn: Key?) {
    self.number = number
    self.requests = requests
    self.turn = turn
    isJoined = requests.count > 1
    deadline = requests.reduce(requests[0].deadline) { min($0, $1.deadline) }
  }
}
