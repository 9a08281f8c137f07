import Model

/// Secrets as they are.
struct PlainDigest: SecretDigest {
  func digest(_ secret: [UInt8]) -> [UInt8] { secret }
}
