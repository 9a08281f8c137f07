/// Why what a server sent is no answer of HTTP/1.1.
struct MalformedResponse: Error, Equatable, CustomStringConvertible {
  /// What is wrong with it, said of the answer: "it ...".
  let reason: String

  init(_ reason: String) {
    self.reason = reason
  }

  var description: String { "malformed response: \(reason)" }
}
