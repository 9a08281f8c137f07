/// What is known of a valid template without running it.
package struct TemplateFacts: Sendable, Equatable {
  /// Where the text first uses the value of the alert's expression (`$value`, `.Value` or `$.Value`), in bytes; `nil`
  /// where it does not.
  package var valueUse: Range<Int>?
}
