import Model
import TestSupport

@testable import Actors

extension PendingRequest {
  /// A request of one series.
  ///
  /// - Parameters:
  ///   - length: what to take for the length of its body.
  ///   - arrival: in nanoseconds, like `deadline`.
  static func fake(
    _ index: Int, tenant: String = "a", replica: ReplicaIdentity? = nil, length: Int = 10, arrival: Int64 = 0,
    deadline: Int64 = 20_000, isRetry: Bool = false, retryAttempt: String? = nil, of receiver: any UpstreamReceiver
  ) throws(InvalidTenantID) -> PendingRequest {
    PendingRequest(
      request: UpstreamRequest(
        index: index, tenant: try TenantID(tenant), body: SmallLoad.block([tenant]), retryAttempt: retryAttempt,
        timeout: .nanoseconds(deadline - arrival), isRetry: isRetry, replica: replica),
      receiver: receiver, arrival: MonotonicTime(nanoseconds: arrival), deadline: MonotonicTime(nanoseconds: deadline),
      length: length)
  }
}

extension ReplicaIdentity {
  /// That of a replica of a pair, as a splitter reads it.
  static func fake(_ replica: String) throws(LoadError) -> ReplicaIdentity? {
    let series = SmallLoad.series([("__replica__", replica), ("cluster", "c"), ("tenant_id", "a")])
    var splitter = LoadSplitter(
      compression: LiteralSnappy(), replicaLabels: ReplicaLabels(clusters: ["cluster"], replicas: ["__replica__"]))
    return try splitter.split(
      SharedBytes(LiteralSnappy.compress(series.bytes)), by: RoutingTable(policy: TenancyPolicy()),
      decompressedLimit: 1 << 20, reserve: { _ in true }
    ).portions[0].replica
  }
}
