/// A user's name and password, as a client states them.
package struct BasicCredentials: Sendable, Equatable {
  /// The name, without a colon.
  package let user: String
  /// The password's bytes.
  package let password: [UInt8]

  /// - Parameter bytes: `user:password`, RFC 7617.
  /// - Returns: `nil` where there is no colon, or the name is not UTF-8.
  package init?(_ bytes: [UInt8]) {
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
      let user = String(validating: bytes[..<colon], as: UTF8.self)
    else { return nil }
    self.user = user
    password = Array(bytes[(colon + 1)...])
  }

  /// What makes two credentials the same.
  package var bytes: [UInt8] { Array(user.utf8) + [UInt8(ascii: ":")] + password }
}
