/// A resource of kind OpenMetricsRule: rule groups, and the tenants that get them.
package struct OpenMetricsRule: Sendable {
  /// The API that it belongs to.
  package static let apiVersion = "open-metrics.vgs.io/v1"
  package static let kind = "OpenMetricsRule"
  /// The description of resources that were made from what was found in a ruler. The original kit's words.
  package static let importedDescription = "open-metrics-multi-tenancy-kit-sourced-rule"

  package var id: ResourceID
  /// Tells resources of the same name after each other apart; empty in a directory.
  package var uid: String
  /// The state of the resource, opaque. In a directory the stamp of its file.
  package var resourceVersion: String
  /// Counts the changes of the spec; 0 in a directory.
  package var generation: Int
  /// When it was created, in seconds since 1970.
  package var created: Int64
  package var labels: [String: String]
  /// The names of the labels that this program has set.
  package var ownLabels: Set<String>
  package var annotations: [String: String]
  package var description: String
  /// As written: a name may be no tenant ID.
  package var tenants: [String]
  /// Whether it is not known which groups of which tenants the resource has, for its tenants or its annotations could
  /// not be read. Nothing is known to be absent for anybody then.
  package var hasUnknownKeys = false
  package var groups: [ResourceGroup]
  /// Fields of the spec that this program does not know, which stay where they are.
  package var otherFields: [DocumentField] = []
  /// Whether every field of the spec belongs to this program, so that a change may be written without taking
  /// something away from anybody.
  package var isWhollyOurs: Bool
  /// The status that the store has; `nil` where it has none.
  package var status: RuleStatus?

  package init(
    id: ResourceID, uid: String = "", resourceVersion: String = "", generation: Int = 0, created: Int64 = 0,
    labels: [String: String] = [:], ownLabels: Set<String> = [], annotations: [String: String] = [:],
    description: String = "", tenants: [String], groups: [ResourceGroup], isWhollyOurs: Bool = false,
    status: RuleStatus? = nil
  ) {
    self.id = id
    self.uid = uid
    self.resourceVersion = resourceVersion
    self.generation = generation
    self.created = created
    self.labels = labels
    self.ownLabels = ownLabels
    self.annotations = annotations
    self.description = description
    self.tenants = tenants
    self.groups = groups
    self.isWhollyOurs = isWhollyOurs
    self.status = status
  }
}
