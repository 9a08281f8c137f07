import Model

/// Why a request, or a part of it, is not taken.
struct SandboxRefusal: Error, Equatable {
  /// The HTTP status.
  let status: Int
  /// The body of the answer, as Cortex has it.
  let text: String
  /// Whether the body is JSON, and has no newline at its end.
  var isJSON = false

  /// The refusal of something that can never be taken.
  static func invalid(_ text: String) -> SandboxRefusal {
    SandboxRefusal(status: 400, text: text)
  }

  /// The refusal in the form in which Go's `http.Error` answers, or in JSON.
  var answer: Answer {
    isJSON
      ? Answer(status: status, fields: ["Content-Type": "application/json"], body: Array(text.utf8))
      : .text(status, text, fields: ["X-Content-Type-Options": "nosniff"])
  }
}
