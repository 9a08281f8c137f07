/// Where OpenMetricsRule resources are: Kubernetes, or a directory of files.
package protocol RuleStore: Sendable {
  /// Keeps the snapshots in step with the store, until the task is cancelled.
  func run() async

  /// The snapshots from now on, beginning with the current one where there is one. Each replaces the one before;
  /// who is slow misses some. There is none before the first complete list.
  func snapshots() -> AsyncStream<RuleStoreSnapshot>

  /// Reads everything anew, from the store itself and not from a copy: for whoever is about to conclude that
  /// something is not there.
  func list() async throws(RuleStoreFailure) -> RuleStoreSnapshot

  /// Creates a resource for a group that was found in the ruler.
  ///
  /// - Returns: the resource as the store has it now, which may have left something out.
  func create(_ rule: OpenMetricsRule) async throws(RuleStoreFailure) -> OpenMetricsRule

  /// Replaces the spec of a resource, where all that it takes away or changes is this program's own.
  ///
  /// - Returns: the resource as the store has it now, which may have left something out.
  /// - Throws: `conflict` where somebody else has a say in a field, or the resource has changed since it was read.
  func update(_ rule: OpenMetricsRule) async throws(RuleStoreFailure) -> OpenMetricsRule

  /// Writes the status of a resource. A store without statuses does nothing.
  func writeStatus(_ status: RuleStatus, of rule: OpenMetricsRule) async throws(RuleStoreFailure)

  /// Tells people of something that happened to a resource. Never fails; the like may be counted together.
  func record(_ event: RuleEvent) async
}
