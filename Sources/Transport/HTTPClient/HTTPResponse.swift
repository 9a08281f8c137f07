package import Model

/// An answer with its whole body.
package struct HTTPResponse: Sendable {
  package var status: Int
  package var fields: HeaderFields
  package var body: [UInt8]

  package init(status: Int, fields: HeaderFields = [:], body: [UInt8] = []) {
    self.status = status
    self.fields = fields
    self.body = body
  }
}
