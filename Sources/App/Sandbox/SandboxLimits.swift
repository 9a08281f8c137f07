/// What keeps the sandbox small, and what it refuses for it. All of it is held in memory and nothing
/// is ever forgotten but by ending the process.
struct SandboxLimits: Sendable, Equatable {
  /// The greatest length of a request's body in bytes, as it comes and decompressed. Cortex's own is
  /// 100 MiB; a decoded body takes many times its length.
  var maximumBodyLength = 16 << 20

  /// So many tenants. A request of one more is answered 400: there is never room again, so that it
  /// must not be tried again.
  var maximumTenants = 1000

  /// So many series of one tenant.
  var maximumSeriesPerTenant = 100_000

  /// So many bytes of label names and values of all series, with ``labelOverhead`` for each label.
  var maximumLabelBytes = 256 << 20

  /// So many labels of a series; Cortex's default.
  var maximumLabelsPerSeries = 30

  /// So many bytes of a label's name; Cortex's default.
  var maximumLabelNameLength = 1024

  /// So many bytes of a label's value; Cortex's default.
  var maximumLabelValueLength = 2048

  /// How much each tenant may send; `nil` for no limit.
  var ingestionRate: SandboxIngestionRate?

  /// So many rule groups of one tenant; Cortex has no limit by default.
  var maximumRuleGroupsPerTenant = 100_000

  /// So many rules of one group; Cortex has no limit by default.
  var maximumRulesPerGroup = 100_000

  /// So many bytes of all rule groups as they are written.
  var maximumRuleBytes = 256 << 20

  /// What a label takes beside its text, in bytes.
  static let labelOverhead = 64

  /// How far ahead of the clock a sample may be, in milliseconds; Cortex's default.
  static let creationGracePeriod: Int64 = 600_000

  /// The greatest length of an exemplar's labels in characters, from OpenMetrics.
  static let maximumExemplarLength = 128
}
