import Model

/// What the sandbox knows of one tenant.
struct SandboxTenant: Sendable {
  let id: TenantID
  /// The newest sample of each series, by its sorted labels.
  private(set) var series: [[SandboxLabel]: SandboxSample] = [:]
  private(set) var counts = SandboxCounts()
  /// When something was last taken, in seconds since 1970; `nil` where nothing ever was.
  private(set) var lastWrite: Double?

  private let firstRequest: MonotonicTime
  private var bucket: SandboxTokenBucket?

  init(_ id: TenantID, rate: SandboxIngestionRate?, at now: MonotonicTime) {
    self.id = id
    firstRequest = now
    bucket = rate.map { SandboxTokenBucket($0, at: now) }
  }

  /// Takes what is valid of a request.
  ///
  /// - Parameters:
  ///   - time: what tells the time.
  ///   - labelBytes: what the series of all tenants take; what this request adds is added.
  /// - Returns: the fault to answer with: the first that was met in storing, else the first that was
  ///   met in checking, as in Cortex, which checks all of a request before it stores the rest.
  mutating func write(
    _ request: SandboxWriteRequest, limits: SandboxLimits, time: any TimeSource, labelBytes: inout Int
  ) -> SandboxRefusal? {
    counts.requests += 1
    var fault = request.metadata.contains("") ? SandboxRefusal.invalid("metadata missing metric name") : nil
    let metadata = request.metadata.filter { !$0.isEmpty }.count
    let valid = checked(
      request.series, SandboxValidation(limits: limits, secondsSince1970: time.secondsSince1970), &fault)
    guard !valid.isEmpty || metadata > 0 else { return fault }
    if let refusal = limit(valid, metadata: metadata, rate: limits.ingestionRate, at: time.now) { return refusal }

    let before = counts
    counts.metadata += metadata
    var storingFault: SandboxRefusal?
    for series in valid { store(series, limits, &labelBytes, &storingFault) }
    if before.taken != counts.taken { lastWrite = time.secondsSince1970 }
    return storingFault ?? fault
  }

  /// How many samples came a second, on average since the first request. Over less than Cortex'
  /// update period of 15 s it counts as if that had passed.
  func ingestionRate(at now: MonotonicTime) -> Double {
    Double(counts.samples + counts.histograms) / max(15, (now - firstRequest).inSeconds)
  }

  private mutating func checked(
    _ series: [SandboxTimeSeries], _ validation: SandboxValidation, _ fault: inout SandboxRefusal?
  ) -> [SandboxTimeSeries] {
    var valid: [SandboxTimeSeries] = []
    for series in series {
      do {
        valid.append(try validation.checked(series))
      } catch {
        fault = fault ?? error
        counts.rejectedSamples += series.sampleCount
      }
    }
    return valid
  }

  /// The refusal of a whole request that is over the tenant's rate.
  private mutating func limit(
    _ series: [SandboxTimeSeries], metadata: Int, rate: SandboxIngestionRate?, at now: MonotonicTime
  ) -> SandboxRefusal? {
    let samples = series.reduce(0) { $0 + $1.sampleCount }
    let exemplars = series.reduce(0) { $0 + $1.exemplars.count }
    guard let rate, bucket?.take(samples + exemplars + metadata, at: now) == false else { return nil }
    counts.rejectedSamples += samples
    let limit = GoText.number(Double(rate.perSecond))
    return SandboxRefusal(
      status: 429,
      text: "ingestion rate limit (\(limit)) exceeded while adding \(samples) samples and \(metadata) metadata")
  }

  private mutating func store(
    _ new: SandboxTimeSeries, _ limits: SandboxLimits, _ labelBytes: inout Int, _ fault: inout SandboxRefusal?
  ) {
    for sample in new.samples + new.histograms {
      do {
        try store(sample, of: new.labels, limits, &labelBytes)
        if sample.isHistogram { counts.histograms += 1 } else { counts.samples += 1 }
      } catch {
        fault = fault ?? SandboxRefusal(status: error.status, text: "user=\(id): \(error.text)")
        counts.rejectedSamples += 1
      }
    }
    counts.exemplars += new.exemplars.count
  }

  /// Stores one sample. Unlike Cortex, which compares with what it had before the request, this also
  /// tells samples of one request that are out of order.
  private mutating func store(
    _ sample: SandboxSample, of labels: [SandboxLabel], _ limits: SandboxLimits, _ labelBytes: inout Int
  ) throws(SandboxRefusal) {
    if let newest = series[labels] {
      try Self.check(sample, against: newest, labels)
    } else {
      labelBytes = try bytes(withSeries: labels, limits, labelBytes)
    }
    series[labels] = sample
  }

  private static func check(
    _ sample: SandboxSample, against newest: SandboxSample, _ labels: [SandboxLabel]
  ) throws(SandboxRefusal) {
    if sample.timestamp < newest.timestamp {
      throw .invalid(
        "err: out of order sample. timestamp=\(GoText.time(milliseconds: sample.timestamp)), "
          + "series=\(GoText.labels(labels))")
    }
    guard sample.timestamp > newest.timestamp || sample.isSame(as: newest) else {
      throw .invalid(
        "err: duplicate sample for timestamp \(sample.timestamp); overrides not allowed: "
          + "existing \(GoText.number(newest.value)), new value \(GoText.number(sample.value)). "
          + "series=\(GoText.labels(labels))")
    }
  }

  /// What the series of all tenants take with one more.
  ///
  /// - Throws: where there is no room for it.
  private func bytes(
    withSeries labels: [SandboxLabel], _ limits: SandboxLimits, _ labelBytes: Int
  ) throws(SandboxRefusal) -> Int {
    guard series.count < limits.maximumSeriesPerTenant else {
      throw .invalid("per-user series limit of \(limits.maximumSeriesPerTenant) exceeded")
    }
    let total = labels.reduce(labelBytes) {
      $0 + $1.name.utf8.count + $1.value.utf8.count + SandboxLimits.labelOverhead
    }
    guard total <= limits.maximumLabelBytes else {
      throw .invalid("sandbox limit of \(limits.maximumLabelBytes) bytes of labels exceeded")
    }
    return total
  }
}
