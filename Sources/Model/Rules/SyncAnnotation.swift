/// Annotations by which people steer how a resource is kept in step.
package enum SyncAnnotation {
  /// ``SyncMode``, by its raw value.
  package static let mode = "open-metrics.vgs.io/sync"
  /// The ruler's namespace, where it is not the one that the template makes of the resource's.
  package static let rulerNamespace = "open-metrics.vgs.io/ruler-namespace"
}
