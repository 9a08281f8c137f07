internal import COpenSSL
internal import Glibc

/// Reads certificates and keys from files into OpenSSL's contexts. Blocks while it reads.
struct TLSFiles {
  /// Not to be shared before all is loaded.
  let context: OpaquePointer

  /// Takes a certificate, those between it and a root, and the private key that belongs to it.
  func load(certificate: String, key: String) throws(TLSFileError) {
    // Without this, OpenSSL would ask the terminal for a passphrase.
    SSL_CTX_set_default_passwd_cb(context) { _, _, _, _ in 0 }
    try check(certificate) { SSL_CTX_use_certificate_chain_file(context, certificate) }
    try check(key, mismatch: "is not the key of the certificate in \(certificate)") {
      SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) == 1 ? SSL_CTX_check_private_key(context) : 0
    }
  }

  /// Takes authorities whose certificates are trusted.
  func load(authorities file: String) throws(TLSFileError) {
    try check(file) { SSL_CTX_load_verify_file(context, file) }
  }

  /// Takes the names of authorities, for clients to choose a certificate by.
  func load(clientAuthorities file: String) throws(TLSFileError) {
    var names: OpaquePointer?
    try check(file) {
      names = SSL_load_client_CA_file(file)
      return names == nil ? 0 : 1
    }
    SSL_CTX_set_client_CA_list(context, names)
  }

  /// - Parameter mismatch: the reason where the file is in order but does not fit what was loaded before.
  private func check(_ file: String, mismatch: String = "", _ load: () -> Int32) throws(TLSFileError) {
    // OpenSSL reports a missing file as any other fault of the system library.
    guard access(file, R_OK) == 0 else { throw TLSFileError(file: file, reason: String(cString: strerror(errno))) }
    ERR_clear_error()
    guard load() != 1 else { return }
    let isMismatch = COpenSSL_isMismatch(ERR_peek_error()) == 1
    let reason = OpenSSLLibrary.takeError()
    throw TLSFileError(file: file, reason: isMismatch ? mismatch : reason)
  }
}
