internal import CCrypt
internal import Glibc
package import Model
internal import NIOPosix

/// Checks passwords with libcrypt and OpenSSL, on threads for work that blocks.
package struct CryptPasswords: PasswordVerifier {
  /// libcrypt takes none that are longer.
  private static let lengthLimit = 511

  package init() {}

  package func verify(_ password: [UInt8], against hash: PasswordHash) async -> Bool {
    // The pool is never shut down; a check that cannot be made is one that fails.
    (try? await NIOThreadPool.singleton.runIfActive { Self.matches(password, hash) }) ?? false
  }

  private static func matches(_ password: [UInt8], _ hash: PasswordHash) -> Bool {
    // C takes a password to end at a NUL: a longer one would pass for it.
    guard password.count <= lengthLimit, !password.contains(0) else { return false }
    let expected = Array(hash.text.utf8)
    switch hash.form {
    case .sha1:
      return ConstantTime.areEqual(Array("{SHA}\(Base64.encode(Digest.sha1(password)))".utf8), expected)
    case .apr1:
      return ConstantTime.areEqual(APR1.hash(password, like: hash.text), expected)
    case .bcrypt, .sha256Crypt, .sha512Crypt:
      guard let hashed = crypt(password, hash.text) else { return false }
      return ConstantTime.areEqual(hashed, expected)
    }
  }

  /// - Parameter setting: a hash, of which the form, the cost and the salt are taken.
  /// - Returns: `nil` where libcrypt does not know the form.
  private static func crypt(_ password: [UInt8], _ setting: String) -> [UInt8]? {
    let phrase = password.map(CChar.init(bitPattern:)) + [0]
    var memory: UnsafeMutableRawPointer?
    var size: Int32 = 0
    defer { free(memory) }
    guard let text = crypt_ra(phrase, setting, &memory, &size) else { return nil }
    return Array(String(cString: text).utf8)
  }
}
