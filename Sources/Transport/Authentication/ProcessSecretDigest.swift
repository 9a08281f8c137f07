internal import COpenSSL
internal import Model

/// SHA-256 with a key that is drawn when the process starts.
package struct ProcessSecretDigest: SecretDigest {
  private let key: [UInt8]

  package init() {
    OpenSSLLibrary.start()
    key = [UInt8](unsafeUninitializedCapacity: 32) { room, count in
      precondition(RAND_bytes(room.baseAddress, Int32(room.count)) == 1, "OpenSSL has no random numbers")
      count = room.count
    }
  }

  // What the key at the front leaves open, to lengthen a secret whose digest is known, is of no use to
  // anybody: digests are never shown.
  package func digest(_ secret: [UInt8]) -> [UInt8] {
    Digest.sha256(key + secret)
  }
}
