/// In which directions a resource is kept in step, as its annotation says.
package enum SyncMode: Sendable, Equatable {
  case both
  /// Only from Kubernetes to the ruler: a change in the ruler is undone.
  case pushOnly
  /// Only from the ruler to Kubernetes.
  case pullOnly
  /// Not at all.
  case paused
  /// The annotation says something that nobody knows. Nothing is done then, for it was meant to hold something back.
  case unrecognised(String)

  package init(annotation: String?) {
    self =
      switch annotation {
      case nil, "": .both
      case "push-only": .pushOnly
      case "pull-only": .pullOnly
      case "paused": .paused
      case let other?: .unrecognised(other)
      }
  }
}

extension OpenMetricsRule {
  /// In which directions the resource is kept in step.
  package var syncMode: SyncMode {
    SyncMode(annotation: annotations[SyncAnnotation.mode])
  }

  /// Whether the resource was made of a group that was found in the ruler, and nobody has changed it since.
  package var isUntouchedImport: Bool {
    isWhollyOurs && description == Self.importedDescription
  }
}
