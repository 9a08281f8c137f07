import COpenSSL

/// The client's end of a TLS connection, without a network: OpenSSL on buffers in memory.
package final class TLSTestClient {
  /// What OpenSSL said.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  private let context: OpaquePointer
  private let ssl: OpaquePointer
  private let incoming: OpaquePointer
  private let outgoing: OpaquePointer
  /// The secret with which this side encrypts after the handshake.
  package private(set) var trafficSecret: [UInt8] = []
  /// Whether the server has said that it sends nothing more.
  package private(set) var isEnded = false

  /// - Parameters:
  ///   - authority: a PEM file with the authority to trust.
  ///   - protocols: what is offered, the best first.
  package init(
    authority: String, certificate: TestCertificates.Pair? = nil, protocols: [String] = [], host: String = "localhost"
  ) throws {
    guard let context = SSL_CTX_new(TLS_client_method()), let ssl = SSL_new(Self.set(context, authority, certificate)),
      let incoming = BIO_new(BIO_s_mem()), let outgoing = BIO_new(BIO_s_mem())
    else { throw Failure(description: "no memory") }
    (self.context, self.ssl, self.incoming, self.outgoing) = (context, ssl, incoming, outgoing)
    let offer = protocols.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
    if !offer.isEmpty { SSL_set_alpn_protos(ssl, offer, UInt32(offer.count)) }
    // What TLSRecordWriter can write.
    SSL_set_ciphersuites(ssl, "TLS_AES_128_GCM_SHA256")
    SSL_CTX_set_keylog_callback(context) { ssl, line in
      guard let ssl, let line, let client = SSL_get_ex_data(ssl, 0) else { return }
      Unmanaged<TLSTestClient>.fromOpaque(client).takeUnretainedValue().note(String(cString: line))
    }
    // Unretained: the client owns `ssl`.
    SSL_set_ex_data(ssl, 0, Unmanaged.passUnretained(self).toOpaque())
    COpenSSL_setHostName(ssl, host)
    SSL_set1_host(ssl, host)
    SSL_set_bio(ssl, incoming, outgoing)
    SSL_set_connect_state(ssl)
  }

  /// Keeps the secret of what this side sends once the handshake is done.
  private func note(_ line: String) {
    let words = line.split(separator: " ")
    guard words.count == 3, words[0] == "CLIENT_TRAFFIC_SECRET_0" else { return }
    let digits = words[2].compactMap { $0.hexDigitValue.map(UInt8.init) }
    trafficSecret = stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  deinit {
    SSL_free(ssl)
    SSL_CTX_free(context)
  }

  private static func set(
    _ context: OpaquePointer, _ authority: String, _ certificate: TestCertificates.Pair?
  ) -> OpaquePointer {
    SSL_CTX_load_verify_file(context, authority)
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
    if let certificate {
      SSL_CTX_use_certificate_chain_file(context, certificate.certificate)
      SSL_CTX_use_PrivateKey_file(context, certificate.key, SSL_FILETYPE_PEM)
    }
    return context
  }

  /// Takes what the server has sent.
  package func feed(_ bytes: [UInt8]) {
    if !bytes.isEmpty { BIO_write(incoming, bytes, Int32(bytes.count)) }
  }

  /// Gives out what is to be sent to the server.
  package func drain() -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16 << 10)
    while case let count = BIO_read(outgoing, &chunk, Int32(chunk.count)), count > 0 { bytes += chunk[..<Int(count)] }
    return bytes
  }

  /// Goes on with the handshake.
  ///
  /// - Returns: whether it is done.
  @discardableResult
  package func handshake() throws -> Bool {
    ERR_clear_error()
    let status = SSL_do_handshake(ssl)
    return status == 1 ? true : try wait(status)
  }

  /// Encrypts bytes.
  package func write(_ bytes: [UInt8]) throws {
    ERR_clear_error()
    let status = SSL_write(ssl, bytes, Int32(bytes.count))
    if status <= 0 { _ = try wait(status) }
  }

  /// Decrypts what has come, a record at a time.
  package func readRecords() throws -> [[UInt8]] {
    var records: [[UInt8]] = []
    var chunk = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      ERR_clear_error()
      let count = SSL_read(ssl, &chunk, Int32(chunk.count))
      guard count > 0 else {
        _ = try wait(count)
        return records
      }
      records.append(Array(chunk[..<Int(count)]))
    }
  }

  /// Says that nothing more will be sent.
  package func close() {
    SSL_shutdown(ssl)
  }

  /// What was agreed to speak.
  package var applicationProtocol: String {
    var name: UnsafePointer<UInt8>?
    var length: UInt32 = 0
    SSL_get0_alpn_selected(ssl, &name, &length)
    return String(decoding: UnsafeBufferPointer(start: name, count: Int(length)), as: UTF8.self)
  }

  private func wait(_ status: Int32) throws -> Bool {
    switch SSL_get_error(ssl, status) {
    case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: break
    case SSL_ERROR_ZERO_RETURN: isEnded = true
    default: throw Failure(description: ERR_reason_error_string(ERR_get_error()).map { String(cString: $0) } ?? "?")
    }
    return false
  }
}
