/// How much a tenant may send. Samples, histograms, exemplars and metadata records count one each, as
/// Cortex counts them.
struct SandboxIngestionRate: Sendable, Equatable {
  /// So many a second.
  var perSecond: Int
  /// So many at once. A request of more than that never passes.
  var burst: Int
}
