/// Something that happened to a resource, for people: an Event of Kubernetes, or a line in the log.
package struct RuleEvent: Sendable, Equatable {
  package enum Kind: String, Sendable {
    case normal = "Normal"
    case warning = "Warning"
  }

  /// In bytes: what Kubernetes takes.
  package static let maximumNoteLength = 1024

  /// What it is about.
  package var resource: ResourceID
  package var uid: String
  package var resourceVersion: String
  package var kind: Kind
  /// One word in capitals and small letters, such as `RulerDrift`.
  package var reason: String
  /// At most ``maximumNoteLength`` bytes of it are kept.
  package var note: String

  package init(
    _ kind: Kind, reason: String, note: String, about resource: ResourceID, uid: String = "",
    resourceVersion: String = ""
  ) {
    self.resource = resource
    self.uid = uid
    self.resourceVersion = resourceVersion
    self.kind = kind
    self.reason = reason
    self.note = note
  }

  package init(_ kind: Kind, reason: String, note: String, about rule: OpenMetricsRule) {
    self.init(
      kind, reason: reason, note: note, about: rule.id, uid: rule.uid, resourceVersion: rule.resourceVersion)
  }
}
