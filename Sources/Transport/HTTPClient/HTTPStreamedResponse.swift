package import Model

/// An answer of which the body is still coming.
package struct HTTPStreamedResponse: Sendable {
  package var status: Int
  package var fields: HeaderFields
  /// The body's pieces, as they come. Fails with `HTTPFailure`.
  package var body: AsyncThrowingStream<[UInt8], any Error>

  package init(status: Int, fields: HeaderFields = [:], body: AsyncThrowingStream<[UInt8], any Error>) {
    self.status = status
    self.fields = fields
    self.body = body
  }
}
