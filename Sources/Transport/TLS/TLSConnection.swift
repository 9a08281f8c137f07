internal import COpenSSL
internal import NIOCore

/// The server's end of one TLS connection, without a network: what the peer sent is put in, what it is to
/// be sent is taken out.
///
/// Belongs to one handler, on one event loop.
final class TLSConnection {
  private let ssl: OpaquePointer
  // OpenSSL's context refers to ours without holding it.
  private let context: TLSContext
  /// From the peer, not decrypted yet.
  fileprivate var incoming = ByteBuffer()
  /// For the peer, encrypted.
  fileprivate var outgoing = ByteBuffer()

  init(_ context: TLSContext) {
    guard let ssl = SSL_new(context.pointer), let bio = BIO_new(TLSBuffers.method) else {
      fatalError("OpenSSL has no memory for a connection")
    }
    self.ssl = ssl
    self.context = context
    // Unretained: the connection owns `ssl`, and that the BIO.
    BIO_set_data(bio, Unmanaged.passUnretained(self).toOpaque())
    BIO_set_init(bio, 1)
    SSL_set_bio(ssl, bio, bio)
    SSL_set_accept_state(ssl)
  }

  deinit {
    SSL_free(ssl)
  }

  /// Takes what the peer has sent.
  func receive(_ bytes: inout ByteBuffer) {
    if incoming.readableBytes == 0 { incoming = bytes } else { incoming.writeBuffer(&bytes) }
  }

  /// Gives out what is to be sent to the peer.
  func takeOutgoing() -> ByteBuffer? {
    guard outgoing.readableBytes > 0 else { return nil }
    var taken = ByteBuffer()
    swap(&taken, &outgoing)
    return taken
  }

  // MARK: Operations

  /// Goes on with the handshake.
  func handshake() -> TLSResult<TLSHandshakeCompleted> {
    ERR_clear_error()
    let status = SSL_do_handshake(ssl)
    guard status == 1 else { return unsuccessful(status) }
    return .complete(TLSHandshakeCompleted(applicationProtocol: applicationProtocol, peerName: peerName))
  }

  /// Decrypts all that has come, and appends it to `output`.
  ///
  /// - Returns: why there is no more for now; never `complete`.
  func read(into output: inout ByteBuffer) -> TLSResult<Never> {
    // An idle connection keeps no buffer.
    defer { if incoming.readableBytes == 0 { incoming = ByteBuffer() } }
    while true {
      var status: Int32 = 0
      // What is decrypted is no longer than what came. Room for one byte shows whether there is more.
      let length = max(incoming.readableBytes, Int(SSL_pending(ssl)), 1)
      output.writeWithUnsafeMutableBytes(minimumWritableBytes: length) { room in
        ERR_clear_error()
        var count = 0
        status = SSL_read_ex(ssl, room.baseAddress, room.count, &count)
        return status == 1 ? count : 0
      }
      if status != 1 { return unsuccessful(status) }
    }
  }

  /// Encrypts bytes. There is always room for what comes out.
  func write(_ bytes: ByteBuffer) -> TLSResult<Void> {
    guard bytes.readableBytes > 0 else { return .complete(()) }
    return bytes.withUnsafeReadableBytes { bytes in
      ERR_clear_error()
      var count = 0
      let status = SSL_write_ex(ssl, bytes.baseAddress, bytes.count, &count)
      return status == 1 ? .complete(()) : unsuccessful(status)
    }
  }

  /// Tells the peer that nothing more will be sent.
  func close() {
    ERR_clear_error()
    // A peer that does not say the same is not waited for.
    SSL_shutdown(ssl)
    ERR_clear_error()
  }

  /// To be called right after an operation, on the same thread.
  private func unsuccessful<Value>(_ status: Int32) -> TLSResult<Value> {
    switch SSL_get_error(ssl, status) {
    case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: .incomplete
    case SSL_ERROR_ZERO_RETURN: .ended
    default: .failed(.refused(failure))
    }
  }

  /// Where the peer's certificate is what is wrong, OpenSSL's own error does not say how.
  private var failure: String {
    let reason = OpenSSLLibrary.takeError()
    let verification = Int(SSL_get_verify_result(ssl))
    guard verification != Int(X509_V_OK) else { return reason }
    return "\(reason): \(String(cString: X509_verify_cert_error_string(verification)))"
  }

  // MARK: What was agreed

  private var applicationProtocol: ApplicationProtocol? {
    var name: UnsafePointer<UInt8>?
    var length: UInt32 = 0
    SSL_get0_alpn_selected(ssl, &name, &length)
    return ApplicationProtocol(
      rawValue: String(decoding: UnsafeBufferPointer(start: name, count: Int(length)), as: UTF8.self))
  }

  private var peerName: String? {
    guard let certificate = SSL_get1_peer_certificate(ssl) else { return nil }
    defer { X509_free(certificate) }
    var name = [CChar](repeating: 0, count: 1024)
    let length = COpenSSL_nameOf(certificate, &name, Int32(name.count))
    guard length > 0 else { return nil }
    return String(decoding: name.prefix(Int(length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// OpenSSL's way to a connection's buffers.
private enum TLSBuffers {
  /// A BIO that reads from `incoming` and writes to `outgoing`, where there is always room.
  ///
  /// Complete before it is first used, and only read after that.
  nonisolated(unsafe) static let method: OpaquePointer = {
    guard let method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "connection buffers") else {
      fatalError("OpenSSL has no memory for a BIO method")
    }
    BIO_meth_set_read(method, readIncoming)
    BIO_meth_set_write(method, writeOutgoing)
    BIO_meth_set_ctrl(method, controlBuffers)
    return method
  }()

  static func connection(of bio: OpaquePointer?) -> TLSConnection? {
    BIO_get_data(bio).map { Unmanaged<TLSConnection>.fromOpaque($0).takeUnretainedValue() }
  }
}

private func readIncoming(_ bio: OpaquePointer?, _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int32) -> Int32 {
  COpenSSL_clearRetry(bio)
  guard let connection = TLSBuffers.connection(of: bio), let bytes, count > 0 else { return -1 }
  let room = UnsafeMutableRawBufferPointer(start: bytes, count: Int(count))
  let taken = min(room.count, connection.incoming.readableBytes)
  guard taken > 0 else {
    COpenSSL_setRetryRead(bio)
    return -1
  }
  connection.incoming.withUnsafeReadableBytes { room.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<taken])) }
  connection.incoming.moveReaderIndex(forwardBy: taken)
  return Int32(taken)
}

private func writeOutgoing(_ bio: OpaquePointer?, _ bytes: UnsafePointer<CChar>?, _ count: Int32) -> Int32 {
  COpenSSL_clearRetry(bio)
  guard let connection = TLSBuffers.connection(of: bio), let bytes, count > 0 else { return -1 }
  connection.outgoing.writeBytes(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
  return count
}

private func controlBuffers(
  _: OpaquePointer?, _ command: Int32, _: Int, _: UnsafeMutableRawPointer?
) -> Int {
  // Everything is written at once, so that there is nothing to flush.
  command == BIO_CTRL_FLUSH ? 1 : 0
}
