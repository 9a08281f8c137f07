internal import Model

/// A part of an answer, in the order in which they come: one head, then the body's pieces.
enum HTTPResponsePart: Sendable {
  case head(status: Int, fields: HeaderFields)
  case body([UInt8])
}
