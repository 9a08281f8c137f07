import Model
import TestSupport

@testable import Actors

extension PendingRequest {
  /// A request of one series.
  ///
  /// - Parameter length: what to take for the length of its body.
  static func fake(
    _ index: Int, tenant: String = "a", length: Int = 10, deadline: MonotonicTime = MonotonicTime(nanoseconds: 1_000),
    isRetry: Bool = false, retryAttempt: String? = nil, of receiver: FakeReceiver
  ) throws(InvalidTenantID) -> PendingRequest {
    PendingRequest(
      request: UpstreamRequest(
        index: index, tenant: try TenantID(tenant), body: SmallLoad.block([tenant]), retryAttempt: retryAttempt,
        timeout: .seconds(1), isRetry: isRetry),
      receiver: receiver, deadline: deadline, length: length)
  }
}
