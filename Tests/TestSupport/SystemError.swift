import Glibc

/// A system call has failed.
package struct SystemError: Error, CustomStringConvertible {
  package let call: String
  package let code: CInt

  package var description: String {
    "\(call): \(String(cString: strerror(code)))"
  }

  /// Throws for the result of a call that returns -1 and sets `errno`.
  @discardableResult
  static func check(_ call: String, _ result: CInt) throws(SystemError) -> CInt {
    if result < 0 { throw SystemError(call: call, code: errno) }
    return result
  }

  /// Throws for the result of a call that returns its error.
  static func checkCode(_ call: String, _ code: CInt) throws(SystemError) {
    if code != 0 { throw SystemError(call: call, code: code) }
  }
}
