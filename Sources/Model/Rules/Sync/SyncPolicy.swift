/// What the informer may do, and which side is right.
package struct SyncPolicy: Sendable, Equatable {
  /// Who wins where both sides have changed.
  package enum Conflict: String, Sendable, CaseIterable {
    case kubernetes
    case ruler
    /// Nobody: people have to make both sides the same.
    case hold
  }

  /// What becomes of a change in the ruler that cannot be taken over into Kubernetes.
  package enum Drift: String, Sendable, CaseIterable {
    /// It is undone.
    case repair
    /// It is shown, and stays.
    case report
  }

  /// What becomes of a group with a rule that another group of the tenant has, too, where that is an error.
  package enum Duplicates: String, Sendable, CaseIterable {
    /// It is written, and shown. A ruler takes it.
    case report
    /// It is not written to the ruler, unless it is there already.
    case refuse
  }

  /// How many of a tenant's groups may be removed at once. Beyond the larger of both, none is.
  package struct RemovalLimit: Sendable, Equatable {
    package var count: Int
    /// Of the groups that the ledger knows from resources that are watched.
    package var percent: Int

    package init(count: Int = 10, percent: Int = 30) {
      self.count = count
      self.percent = percent
    }
  }

  /// From how many repairs of one group within a time on somebody else is taken to write it, too.
  package struct FlapLimit: Sendable, Equatable {
    package var writes: Int
    package var seconds: Int64

    package init(writes: Int = 4, seconds: Int64 = 900) {
      self.writes = writes
      self.seconds = seconds
    }
  }

  /// Whether groups go from the ruler to Kubernetes.
  package var tracks: Bool
  /// Whether groups go from Kubernetes to the ruler.
  package var updates: Bool
  /// Whether groups that are gone from Kubernetes are removed from the ruler.
  package var removes: Bool
  package var conflict: Conflict
  /// `nil`: changes in the ruler are undone where groups do not go from there to Kubernetes, else shown.
  package var drift: Drift?
  package var duplicates: Duplicates
  package var removalLimit: RemovalLimit
  package var flapLimit: FlapLimit

  package init(
    tracks: Bool = true, updates: Bool = true, removes: Bool = false, conflict: Conflict = .kubernetes,
    drift: Drift? = nil, duplicates: Duplicates = .report, removalLimit: RemovalLimit = RemovalLimit(),
    flapLimit: FlapLimit = FlapLimit()
  ) {
    self.tracks = tracks
    self.updates = updates
    self.removes = removes
    self.conflict = conflict
    self.drift = drift
    self.duplicates = duplicates
    self.removalLimit = removalLimit
    self.flapLimit = flapLimit
  }
}
