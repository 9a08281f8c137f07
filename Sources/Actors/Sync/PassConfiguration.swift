/// When passes of one direction are done.
package struct PassConfiguration: Sendable {
  /// How often all tenants are looked at.
  package var interval: Duration
  /// How many tenants are looked at at a time, at least 1.
  package var parallelism: Int
  /// How long a tenant waits after passes that failed.
  package var backoff: PassBackoff

  package init(interval: Duration, parallelism: Int = 8, backoff: PassBackoff = PassBackoff()) {
    self.interval = interval
    self.parallelism = parallelism
    self.backoff = backoff
  }
}
