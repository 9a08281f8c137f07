/// How a group stands between Kubernetes and the ruler.
package enum SyncState: String, Sendable, CaseIterable {
  /// Both sides are the same.
  case synced = "Synced"
  /// To be written, and nobody has done it yet.
  case pending = "Pending"
  /// Writing it failed; tried again later.
  case failed = "Failed"
  /// Fails validation, here or in the ruler's eyes; not written.
  case invalid = "Invalid"
  /// Changed on both sides.
  case conflict = "Conflict"
  /// Changed in the ruler, and may not be taken over or written back.
  case drifted = "Drifted"
  /// Gone from the ruler, and may not be written back.
  case missing = "Missing"
  /// Another resource has the same group for the tenant, or another group the same rule; not written.
  case duplicate = "Duplicate"
  /// Gone from Kubernetes, still in the ruler, and may not be removed there.
  case orphaned = "Orphaned"
  /// Only in the ruler, and may not be imported from there.
  case foreign = "Foreign"
  /// Held back by a guard: too many removals at once, or written to and fro.
  case held = "Held"
  /// One of the sides could not be read.
  case unknown = "Unknown"
}
