/// A file of bearer tokens, a line each.
package struct TokenFile: Sendable, Equatable {
  /// The tokens in the file's order.
  package let tokens: [String]

  /// - Throws: `CredentialFileError` for a line that no `Authorization` can hold, and where there is none.
  package init(_ text: String) throws(CredentialFileError) {
    var tokens: [String] = []
    for (number, text) in CredentialLines(text).lines {
      guard text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
        throw CredentialFileError(line: number, "a token has only visible characters of ASCII")
      }
      tokens.append(String(text))
    }
    guard !tokens.isEmpty else { throw CredentialFileError("there is no token") }
    self.tokens = tokens
  }
}
