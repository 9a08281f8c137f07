/// An answer to a request, the same for every protocol.
package struct Answer: Sendable {
  /// The HTTP status.
  package var status: Int
  /// Header fields beside the content length, which the transport adds.
  package var fields: HeaderFields
  /// The body.
  package var body: [UInt8]
  /// Whether the connection is of no more use after this answer.
  package var closesConnection: Bool

  package init(status: Int, fields: HeaderFields = [:], body: [UInt8] = [], closesConnection: Bool = false) {
    self.status = status
    self.fields = fields
    self.body = body
    self.closesConnection = closesConnection
  }

  /// An answer in plain text. A newline is added where the text has none.
  package static func text(_ status: Int, _ text: String, fields: HeaderFields = [:]) -> Answer {
    var answer = Answer(status: status, fields: fields, body: Array(text.utf8))
    answer.fields.add("Content-Type", "text/plain; charset=utf-8")
    if answer.body.last != UInt8(ascii: "\n") { answer.body.append(UInt8(ascii: "\n")) }
    return answer
  }
}
