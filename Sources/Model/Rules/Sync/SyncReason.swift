/// Why a group stands as it does, or why something is done: one word for conditions, events and the log.
package enum SyncReason: String, Sendable, CaseIterable {
  // Nothing has to be done.
  case inSync = "InSync"

  // Kubernetes is written to the ruler.
  case notInRuler = "NotInRuler"
  case changedInKubernetes = "ChangedInKubernetes"
  case restoredInRuler = "RestoredInRuler"
  case driftRepaired = "DriftRepaired"

  // The ruler is written to Kubernetes.
  case newInRuler = "NewInRuler"
  case changedInRuler = "ChangedInRuler"
  case changedSinceDeletion = "ChangedSinceDeletion"

  /// Gone from Kubernetes: removed from the ruler, or left there.
  case removedFromKubernetes = "RemovedFromKubernetes"
  /// In the ruler, from a resource that is not among those that this informer watches.
  case notWatched = "NotWatched"
  /// Gone from both sides.
  case goneFromBoth = "GoneFromBoth"

  // Both sides differ, and it is not clear who is right.
  case conflict = "Conflict"
  case firstContactConflict = "FirstContactConflict"
  case deleteConflict = "DeleteConflict"
  case rulerDrift = "RulerDrift"
  case missingInRuler = "MissingInRuler"

  // The group is not written.
  case invalid = "InvalidGroup"
  case unreadable = "UnreadableGroup"
  case refusedByRuler = "RefusedByRuler"
  case duplicateGroup = "DuplicateGroup"
  case duplicateRule = "DuplicateRule"

  // Nothing is known yet, or one side could not be read.
  case notComparedYet = "NotComparedYet"
  case rulerUnknown = "RulerUnknown"
  case kubernetesUnknown = "KubernetesUnknown"

  // Held back.
  case paused = "Paused"
  case pushOnly = "PushOnly"
  case pullOnly = "PullOnly"
  case unrecognisedSyncMode = "UnrecognisedSyncMode"
  case updaterOff = "UpdaterOff"
  case trackerOff = "TrackerOff"
  case flapping = "Flapping"
  case massRemoval = "MassRemoval"
  case firstPass = "FirstPass"

  // What became of a write.
  case writeFailed = "WriteFailed"
  case contested = "Contested"
}
