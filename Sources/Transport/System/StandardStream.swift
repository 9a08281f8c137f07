internal import Glibc

/// The streams that a process begins with.
package enum StandardStream {
  case output
  case error

  /// Writes all of a text.
  ///
  /// - Throws: `StandardStreamError` where the disk is full, say, or nobody reads any more.
  package func write(_ text: String) throws(StandardStreamError) {
    let file: Int32 = self == .output ? STDOUT_FILENO : STDERR_FILENO
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR { throw StandardStreamError(reason: String(cString: strerror(errno))) }
      rest = rest.dropFirst(max(0, count))
    }
  }

  /// Reads what comes in, to its end.
  ///
  /// - Parameter limit: the most bytes that are read.
  /// - Throws: `SmallFileError` where it cannot be read, or is longer.
  package static func readInput(limit: Int) throws(SmallFileError) -> [UInt8] {
    try SmallFile.read(STDIN_FILENO, named: "standard input", limit: limit)
  }
}
