/// A range vector made by evaluating an expression again and again.
package struct PromQLSubquery: Sendable {
  package let expression: PromQLNodeID
  /// How far back it reaches.
  package let window: PromQLSpan
  /// How far apart the evaluations are; `nil` for the server's default.
  package let step: PromQLSpan?
  package var modifiers = PromQLModifiers()
}
