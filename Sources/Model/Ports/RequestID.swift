/// Tells the requests of one connection apart: a running number, or HTTP/2's stream.
package struct RequestID: Hashable, Sendable {
  package let number: Int

  package init(_ number: Int) {
    self.number = number
  }
}
