internal import COpenSSL

/// Hashes, by OpenSSL.
enum Digest {
  static func md5(_ bytes: [UInt8]) -> [UInt8] { hash(bytes, EVP_md5()) }

  static func sha1(_ bytes: [UInt8]) -> [UInt8] { hash(bytes, EVP_sha1()) }

  static func sha256(_ bytes: [UInt8]) -> [UInt8] { hash(bytes, EVP_sha256()) }

  private static func hash(_ bytes: [UInt8], _ algorithm: OpaquePointer?) -> [UInt8] {
    var length: UInt32 = 0
    let hash = [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { room, count in
      let status = EVP_Digest(bytes, bytes.count, room.baseAddress, &length, algorithm, nil)
      precondition(status == 1, "OpenSSL lacks a hash: \(OpenSSLLibrary.takeError())")
      count = Int(length)
    }
    return hash
  }
}
