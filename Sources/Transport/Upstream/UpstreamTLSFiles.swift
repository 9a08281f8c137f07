internal import COpenSSL

/// The files for the way to an https upstream.
package struct UpstreamTLSFiles: Sendable {
  /// A PEM file with the authorities that are trusted; `nil` trusts the system's.
  package var authorities: String?
  /// PEM files with the certificate that is shown to the upstream, and its private key.
  package var client: (certificate: String, key: String)?

  package init(authorities: String? = nil, client: (certificate: String, key: String)? = nil) {
    self.authorities = authorities
    self.client = client
  }

  /// Reads the files once, to find out at the start what a first request would find out.
  ///
  /// - Throws: `TLSFileError` for the first that is not in order.
  package func check() throws(TLSFileError) {
    OpenSSLLibrary.start()
    guard let context = SSL_CTX_new(TLS_client_method()) else { fatalError("OpenSSL has no memory for a context") }
    defer { SSL_CTX_free(context) }
    let files = TLSFiles(context: context)
    if let authorities { try files.load(authorities: authorities) }
    if let client { try files.load(certificate: client.certificate, key: client.key) }
  }
}
