internal import COpenSSL

/// OpenSSL's process-wide state.
enum OpenSSLLibrary {
  /// Starts OpenSSL, once. To be called before anything else of it, or of a library that uses it.
  static func start() {
    _ = started
  }

  private static let started: Void = {
    precondition(COpenSSL_start() == 1, "OpenSSL does not start")
  }()

  /// The oldest error that this thread's last calls have left, as text, and none is left then.
  static func takeError() -> String {
    let code = ERR_get_error()
    ERR_clear_error()
    guard code != 0 else { return "unknown error" }
    if let reason = ERR_reason_error_string(code) { return String(cString: reason) }
    var text = [CChar](repeating: 0, count: 256)
    ERR_error_string_n(code, &text, text.count)
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
