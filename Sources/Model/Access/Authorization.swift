/// What a client says in `Authorization`.
package enum Authorization: Sendable, Equatable {
  case basic(BasicCredentials)
  case bearer([UInt8])

  /// - Parameter field: the header field's value.
  /// - Returns: `nil` for other schemes, and where it is malformed.
  package init?(_ field: String) {
    let parts = field.split(separator: " ", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    let value = parts[1].drop { $0 == " " }
    switch parts[0].lowercased() {
    case "basic":
      guard let credentials = Base64.decode(value).flatMap(BasicCredentials.init) else { return nil }
      self = .basic(credentials)
    case "bearer":
      self = .bearer(Array(value.utf8))
    default:
      return nil
    }
  }
}
