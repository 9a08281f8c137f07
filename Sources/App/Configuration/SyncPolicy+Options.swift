import Model

extension SyncPolicy {
  /// What the options allow.
  ///
  /// - Throws: `UsageError` for the first value that makes no sense.
  init(_ options: InformerOptions, _ check: OptionCheck) throws(UsageError) {
    try check.range(0...Int(Int32.max), options.maxRemovals, "max-removals")
    try check.range(0...100, options.maxRemovalsPercent, "max-removals-percent")
    try check.positive(options.maxRepairs, "max-repairs")
    self.init(
      tracks: options.trackerPollIntervalSeconds > 0, updates: options.updaterPollIntervalSeconds > 0,
      removes: options.enableUpdaterRemoveRules, conflict: options.conflictPolicy, drift: options.drift,
      duplicates: options.duplicateRules,
      removalLimit: RemovalLimit(count: options.maxRemovals, percent: options.maxRemovalsPercent),
      flapLimit: FlapLimit(writes: options.maxRepairs))
  }
}
