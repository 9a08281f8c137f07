/// The labels by which Cortex and Mimir tell the replicas of highly available pairs apart: their limits
/// `ha_cluster_label` and `ha_replica_label`, of which tenants may have their own.
package struct ReplicaLabels: Sendable, Equatable {
  /// The names of labels for what both replicas of a pair have in common, in UTF-8.
  let clusters: [[UInt8]]
  /// The names of labels for what tells the replicas apart, in UTF-8.
  let replicas: [[UInt8]]

  package init(clusters: [String], replicas: [String]) {
    self.clusters = clusters.map { Array($0.utf8) }
    self.replicas = replicas.map { Array($0.utf8) }
  }
}
