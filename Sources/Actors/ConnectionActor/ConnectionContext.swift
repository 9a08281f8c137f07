package import Model

/// What all connections of the proxy share.
package struct ConnectionContext: Sendable {
  /// The greatest length of a request's body, in bytes.
  package let contentLengthLimit: Int
  /// The bytes that loads may hold.
  package let budget: ByteBudget
  /// Where loads are handed in.
  package let loads: Mailbox<Load>
  /// Where scrapes are handed in.
  package let scrapes: Mailbox<Scrape>
  package let readiness: Readiness
  package let metrics: ProxyMetrics
  package let time: any TimeSource
  /// Who may do what; `nil` where anybody may.
  package let access: AccessPolicy?

  package init(
    contentLengthLimit: Int, budget: ByteBudget, loads: Mailbox<Load>, scrapes: Mailbox<Scrape>,
    readiness: Readiness, metrics: ProxyMetrics, time: any TimeSource, access: AccessPolicy? = nil
  ) {
    self.contentLengthLimit = contentLengthLimit
    self.budget = budget
    self.loads = loads
    self.scrapes = scrapes
    self.readiness = readiness
    self.metrics = metrics
    self.time = time
    self.access = access
  }
}
