import COpenSSL

/// Writes records of TLS 1.3 by hand, for what no library sends.
///
/// Source: RFC 8446, sections 5.2, 5.3 and 7.3, and RFC 5869 for HKDF.
package struct TLSRecordWriter {
  /// The type of records with messages of the handshake.
  package static let handshake: UInt8 = 22

  private let key: [UInt8]
  private let initialisationVector: [UInt8]

  /// - Parameter secret: the traffic secret of a connection with TLS_AES_128_GCM_SHA256, in which this side has written
  ///   nothing yet.
  package init(secret: [UInt8]) {
    key = Self.expand(secret, "key", 16)
    initialisationVector = Self.expand(secret, "iv", 12)
  }

  /// The first record, with these contents.
  package func firstRecord(_ type: UInt8, _ contents: [UInt8]) -> [UInt8] {
    let plain = contents + [type]
    let header: [UInt8] = [23, 3, 3, 0, UInt8(plain.count + 16)]
    guard let cipher = EVP_CIPHER_CTX_new() else { fatalError("no memory") }
    defer { EVP_CIPHER_CTX_free(cipher) }
    var length: Int32 = 0
    var encrypted = [UInt8](repeating: 0, count: plain.count)
    var tag = [UInt8](repeating: 0, count: 16)
    // The number of the record, 0, is already in the nonce.
    EVP_EncryptInit_ex(cipher, EVP_aes_128_gcm(), nil, key, initialisationVector)
    EVP_EncryptUpdate(cipher, nil, &length, header, Int32(header.count))
    EVP_EncryptUpdate(cipher, &encrypted, &length, plain, Int32(plain.count))
    EVP_EncryptFinal_ex(cipher, nil, &length)
    EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, 16, &tag)
    return header + encrypted + tag
  }

  /// HKDF-Expand-Label, for lengths of one block at the most.
  private static func expand(_ secret: [UInt8], _ label: String, _ length: Int) -> [UInt8] {
    let name = Array("tls13 \(label)".utf8)
    let info = [0, UInt8(length), UInt8(name.count)] + name + [0, 1]
    var block = [UInt8](repeating: 0, count: 32)
    HMAC(EVP_sha256(), secret, Int32(secret.count), info, info.count, &block, nil)
    return Array(block.prefix(length))
  }
}
