internal import CCurl
internal import Glibc

/// libcurl's process-wide state.
package enum CurlLibrary {
  /// Starts OpenSSL and libcurl, once, in the order in which they have to be started: OpenSSL first and
  /// without its exit handler, then SIGPIPE out of the way, then libcurl. To be called at the beginning
  /// of `main`, before there are other threads; every later call does nothing.
  package static func start() {
    _ = started
  }

  private static let started: Void = {
    OpenSSLLibrary.start()
    // libcurl is told to leave signals alone (CURLOPT_NOSIGNAL), and with that loses its own guard.
    signal(SIGPIPE, SIG_IGN)
    precondition(CCurl_start() == CURLE_OK, "libcurl does not start")
  }()

  /// The version of libcurl, such as `7.88.1`.
  package static var version: String {
    String(cString: CCurl_version())
  }
}
