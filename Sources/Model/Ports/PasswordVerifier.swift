/// Checks passwords.
package protocol PasswordVerifier: Sendable {
  /// Whether a hash is of this password. Takes a fraction of a second, by design, on another thread than
  /// the caller's; and as long for a wrong password as for the right one.
  func verify(_ password: [UInt8], against hash: PasswordHash) async -> Bool
}
