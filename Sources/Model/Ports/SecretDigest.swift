/// A hash with a key that nobody outside this process knows.
///
/// Secrets are kept and looked up by it: a comparison that ends at the first difference then tells
/// nothing about a secret, and memory holds none.
package protocol SecretDigest: Sendable {
  /// 32 bytes that are the same for the same secret only.
  func digest(_ secret: [UInt8]) -> [UInt8]
}
