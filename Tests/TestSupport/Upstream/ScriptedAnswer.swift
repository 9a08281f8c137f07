package import Model

/// What a ``ScriptedUpstream`` does about a request.
package enum ScriptedAnswer: Sendable {
  /// Answers. The body's length is added to the fields.
  case answer(_ status: Int, fields: HeaderFields = [:], body: String = "")
  /// Answers with a body that comes as the test sends it.
  case feed(_ status: Int, fields: HeaderFields = [:], BodyFeed)
  /// Closes the connection without an answer.
  case close
  /// Does so only once a test has opened the gate.
  indirect case after(Gate, ScriptedAnswer)
}
