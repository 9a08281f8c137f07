/// The times of an election. The defaults are those of Kubernetes' own controllers.
package struct ElectionConfiguration: Sendable {
  /// What tells this process from all others, also from the one before it on the same host.
  package var identity: String
  /// How long others wait for a leader that does not speak.
  package var leaseDuration: Duration
  /// How long the leader writes after it last spoke. What lies between this and the lease's duration is the time that
  /// a write on its way may take.
  package var renewDeadline: Duration
  /// How often the leader speaks, and others listen.
  package var retryPeriod: Duration

  /// - Precondition: `retryPeriod < renewDeadline < leaseDuration`.
  package init(
    identity: String, leaseDuration: Duration = .seconds(15), renewDeadline: Duration = .seconds(10),
    retryPeriod: Duration = .seconds(2)
  ) {
    precondition(retryPeriod < renewDeadline && renewDeadline < leaseDuration, "a leader must speak in time")
    self.identity = identity
    self.leaseDuration = leaseDuration
    self.renewDeadline = renewDeadline
    self.retryPeriod = retryPeriod
  }
}
