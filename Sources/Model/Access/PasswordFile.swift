/// A file of users and their hashed passwords, as htpasswd writes it: `user:hash`, a line each.
package struct PasswordFile: Sendable, Equatable {
  /// The hashes by user.
  package let hashes: [String: PasswordHash]

  /// - Throws: `CredentialFileError` for the first line in a form that cannot be checked, and where there
  ///   is none.
  package init(_ text: String) throws(CredentialFileError) {
    var hashes: [String: PasswordHash] = [:]
    for (number, text) in CredentialLines(text).lines {
      guard let colon = text.firstIndex(of: ":"), colon > text.startIndex else {
        throw CredentialFileError(line: number, "is not of the form user:hash")
      }
      guard let hash = PasswordHash(String(text[text.index(after: colon)...])) else {
        throw CredentialFileError(
          line: number, "the password is not hashed with bcrypt, SHA-256 or SHA-512 crypt, apr1 or {SHA}")
      }
      guard hashes.updateValue(hash, forKey: String(text[..<colon])) == nil else {
        throw CredentialFileError(line: number, "the user is there twice")
      }
    }
    guard !hashes.isEmpty else { throw CredentialFileError("there is no user") }
    self.hashes = hashes
  }
}
