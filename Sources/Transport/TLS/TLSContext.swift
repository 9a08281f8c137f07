internal import COpenSSL
internal import Glibc

/// What the connections of a server have in common: its certificate, whom it trusts, what it offers.
///
/// Complete when `init` returns, and never changed after that: other files make another context.
package final class TLSContext: @unchecked Sendable {
  // @unchecked Sendable: OpenSSL counts references to a context atomically and locks what changes in it;
  // it is configured in `init` only.
  let pointer: OpaquePointer
  let configuration: TLSConfiguration
  /// When the server's certificate ceases to be valid, in seconds since 1970.
  package let expiry: Int

  /// Reads the files. Blocks meanwhile, so not to be called on an event loop.
  ///
  /// - Throws: `TLSFileError` for the first file that is missing or is not what it should be, and for a
  ///   key that is not the certificate's.
  package init(_ configuration: TLSConfiguration) throws(TLSFileError) {
    OpenSSLLibrary.start()
    guard let pointer = SSL_CTX_new(TLS_server_method()) else { fatalError("OpenSSL has no memory for a context") }
    self.pointer = pointer
    self.configuration = configuration
    do {
      let files = TLSFiles(context: pointer)
      try files.load(certificate: configuration.certificateFile, key: configuration.keyFile)
      if let file = configuration.clientCAFile {
        try files.load(authorities: file)
        try files.load(clientAuthorities: file)
      }
    } catch {
      SSL_CTX_free(pointer)
      throw error
    }
    expiry = Self.expiry(of: pointer)
    restrict()
    if configuration.clientCAFile != nil {
      SSL_CTX_set_verify(pointer, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
    }
    // Unretained: a connection holds its context, and with it this memory, for as long as it lives.
    SSL_CTX_set_alpn_select_cb(pointer, chooseProtocol, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit {
    SSL_CTX_free(pointer)
  }

  private func restrict() {
    COpenSSL_setMinimumVersion(pointer, TLS1_2_VERSION)
    COpenSSL_setServerOptions(pointer)
    // Of TLS 1.2 only what HTTP/2 allows; TLS 1.3 has nothing else.
    let isKnown = SSL_CTX_set_cipher_list(pointer, "ECDHE+AESGCM:ECDHE+CHACHA20")
    precondition(isKnown == 1, "OpenSSL lacks the ciphers of TLS 1.2")
    // Idle connections give their buffers back.
    COpenSSL_setMode(pointer, Int(SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER))
    // Sessions are resumed by tickets, which the clients keep. The keys of the tickets belong to this
    // context: after other files were loaded, every client has to prove itself anew.
    COpenSSL_setSessionCacheMode(pointer, Int(SSL_SESS_CACHE_OFF))
    // Without a name of their own, sessions with client certificates are not resumed.
    SSL_CTX_set_session_id_context(pointer, "openmmt", 7)
  }

  private static func expiry(of context: OpaquePointer) -> Int {
    var moment = tm()
    guard let certificate = SSL_CTX_get0_certificate(context),
      ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &moment) == 1
    else { return 0 }
    return timegm(&moment)
  }

  /// Chooses the first of our protocols that a client offers.
  ///
  /// - Parameter offer: names after their lengths, as ALPN has them.
  /// - Returns: where the name stands in `offer`; `nil` where there is nothing in common.
  fileprivate func choose(from offer: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    var names: [Range<Int>] = []
    var position = 0
    while position < offer.count {
      let end = position + 1 + Int(offer[position])
      guard end <= offer.count else { return nil }
      names.append(position + 1..<end)
      position = end
    }
    return configuration.protocols.lazy.compactMap { ours in
      names.first { offer[$0].elementsEqual(ours.rawValue.utf8) }
    }.first
  }
}

private func chooseProtocol(
  _: OpaquePointer?, _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?, _ length: UnsafeMutablePointer<UInt8>?,
  _ offer: UnsafePointer<UInt8>?, _ count: UInt32, _ context: UnsafeMutableRawPointer?
) -> Int32 {
  guard let context, let offer else { return SSL_TLSEXT_ERR_NOACK }
  let bytes = UnsafeBufferPointer(start: offer, count: Int(count))
  guard let name = Unmanaged<TLSContext>.fromOpaque(context).takeUnretainedValue().choose(from: bytes) else {
    return SSL_TLSEXT_ERR_ALERT_FATAL
  }
  // Into the client's offer, which outlives the call; nothing of Swift's does.
  chosen?.pointee = offer + name.lowerBound
  length?.pointee = UInt8(name.count)
  return SSL_TLSEXT_ERR_OK
}
