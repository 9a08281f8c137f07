import Actors
import FoundationEssentials

extension ElectionConfiguration {
  /// The times that the options ask for, and an identity for this process.
  ///
  /// - Throws: `UsageError` for the first value that makes no sense.
  init(_ options: InformerOptions, _ check: OptionCheck) throws(UsageError) {
    let duration = try check.seconds(options.leaseDurationSeconds, "lease-duration-seconds")
    let deadline = try check.seconds(options.leaseRenewDeadlineSeconds, "lease-renew-deadline-seconds")
    let period = try check.seconds(options.leaseRetryPeriodSeconds, "lease-retry-period-seconds")
    guard period < deadline, deadline < duration else {
      throw UsageError(
        """
        --lease-retry-period-seconds (\(options.leaseRetryPeriodSeconds)) must be below \
        --lease-renew-deadline-seconds (\(options.leaseRenewDeadlineSeconds)), and that below \
        --lease-duration-seconds (\(options.leaseDurationSeconds))
        """)
    }
    // The host's name, which is that of the pod, and what tells this process from one before it.
    let identity = "\(ProcessInfo.processInfo.hostName)_\(UUID().uuidString.lowercased())"
    self.init(identity: identity, leaseDuration: duration, renewDeadline: deadline, retryPeriod: period)
  }
}
