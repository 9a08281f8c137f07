import Model

/// What is remembered of a tenant from pass to pass. All of it can be found out again: a process that begins anew
/// begins with nothing. Contents of groups are not kept, only their hashes.
struct TenantRecord: Sendable {
  /// What was true when there was nothing to do: as long as it is, there is nothing to do.
  struct Settled: Sendable, Equatable {
    /// Of the ruler's answer; `nil` where it said that there is nothing.
    var fingerprint: String?
    /// Of the tenant's resources.
    var revision: Int
    var term: Int
    /// When it was found out.
    var since: MonotonicTime
  }

  /// How each group stands.
  var groups: [LedgerKey: GroupRecord] = [:]
  /// The revision of the tenant's resources that ``groups`` is about; `nil` before the first pass.
  var revision: Int?
  /// Resources that have a group which another one has for this tenant.
  var duplicates: [DuplicateGroup] = []
  /// How many removals are held back for being too many at once.
  var heldRemovals = 0
  /// What the ruler has refused.
  var refusals: [LedgerKey: RulerRefusal] = [:]
  /// What the ruler has.
  var rulerHashes: [LedgerKey: ContentHash] = [:]
  /// Groups whose last write failed. They come last in the next pass, so that they hold up no others.
  var suspects: Set<LedgerKey> = []
  var settled: Settled?
  /// The term of leadership in which both sides were read wholly once.
  var completedTerm: Int?
  /// Since when the ruler or the ledger could not be read, in seconds since 1970; `nil` where it could.
  var unreadableSince: Int64?
  /// Why the last pass did not do all; `nil` where it did.
  var problem: String?
}
