/// What came over a connection is no HTTP/1.1 answer.
package struct MalformedReply: Error, CustomStringConvertible {
  package let description: String

  package init(description: String) {
    self.description = description
  }
}
