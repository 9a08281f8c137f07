/// A recording or an alerting rule, as it is written: nothing is checked, and nothing is lost.
package struct Rule: Sendable {
  /// The series that a recording rule writes; empty for an alerting rule.
  package var record: String
  /// The name of an alerting rule; empty for a recording rule.
  package var alert: String
  /// The expression, byte for byte.
  package var expression: String
  /// `for`, such as `5m`; empty where it is not given.
  package var pendingFor: String
  /// `keep_firing_for`; empty where it is not given.
  package var keepFiringFor: String
  package var labels: [String: String]
  package var annotations: [String: String]
  /// Fields that this program does not know, which go where the rule goes.
  package var otherFields: [DocumentField]

  package init(
    record: String = "", alert: String = "", expression: String, pendingFor: String = "", keepFiringFor: String = "",
    labels: [String: String] = [:], annotations: [String: String] = [:], otherFields: [DocumentField] = []
  ) {
    self.record = record
    self.alert = alert
    self.expression = expression
    self.pendingFor = pendingFor
    self.keepFiringFor = keepFiringFor
    self.labels = labels
    self.annotations = annotations
    self.otherFields = otherFields
  }

  /// The series that it writes, or the alert's name.
  var recordOrAlert: String { alert.isEmpty ? record : alert }
}
