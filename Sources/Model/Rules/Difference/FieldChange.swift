/// A field that is not the same any more.
package struct FieldChange: Sendable, Equatable {
  /// Such as `expr` or `labels.severity`.
  package var name: String
  /// `nil`: it was not given.
  package var before: String?
  /// `nil`: it is not given any more.
  package var after: String?
}
