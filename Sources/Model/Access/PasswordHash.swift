/// A hashed password in one of the forms of htpasswd.
package struct PasswordHash: Sendable, Equatable {
  /// How a password was hashed.
  package enum Form: Sendable, CaseIterable {
    /// `$2y$`, `$2b$` or `$2a$`.
    case bcrypt
    /// `{SHA}` and base64.
    case sha1
    /// `$apr1$`: Apache's MD5.
    case apr1
    /// `$5$`.
    case sha256Crypt
    /// `$6$`.
    case sha512Crypt
  }

  package let form: Form
  /// The whole hash, with salt and cost.
  package let text: String

  /// - Returns: `nil` where the text is in none of these forms.
  package init?(_ text: String) {
    guard let form = Form.allCases.first(where: { $0.matches(text) }) else { return nil }
    self.form = form
    self.text = text
  }
}

extension PasswordHash.Form {
  fileprivate func matches(_ text: String) -> Bool {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    switch self {
    case .sha1:
      guard text.hasPrefix("{SHA}") else { return false }
      return Base64.decode(text.dropFirst(5))?.count == 20
    case .bcrypt:
      // A higher cost takes minutes a password.
      guard parts.count == 4, ["2a", "2b", "2y"].contains(parts[1]), let cost = Int(parts[2]) else { return false }
      return parts[0].isEmpty && parts[2].count == 2 && 4...17 ~= cost && Self.isHash(parts[3], count: 53)
    case .apr1:
      return parts.count == 4 && parts[0].isEmpty && parts[1] == "apr1" && Self.isSalt(parts[2], limit: 8)
        && Self.isHash(parts[3], count: 22)
    case .sha256Crypt: return Self.isCrypt(parts, name: "5", count: 43)
    case .sha512Crypt: return Self.isCrypt(parts, name: "6", count: 86)
    }
  }

  /// `$5$rounds=N$salt$hash`; the rounds may be missing.
  private static func isCrypt(_ parts: [Substring], name: String, count: Int) -> Bool {
    guard parts.count == 4 || parts.count == 5, parts[0].isEmpty, parts[1] == name else { return false }
    if parts.count == 5 {
      guard parts[2].hasPrefix("rounds="), let rounds = Int(parts[2].dropFirst(7)), 1000...10_000_000 ~= rounds
      else { return false }
    }
    return isSalt(parts[parts.count - 2], limit: 16) && isHash(parts[parts.count - 1], count: count)
  }

  private static func isSalt(_ text: Substring, limit: Int) -> Bool {
    1...limit ~= text.utf8.count && text.utf8.allSatisfy { 0x21...0x7E ~= $0 && $0 != UInt8(ascii: ":") }
  }

  private static func isHash(_ text: Substring, count: Int) -> Bool {
    text.utf8.count == count && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "/") }
  }
}
