internal import Glibc

/// The streams that a process begins with.
package enum StandardStream {
  case output
  case error

  /// Writes all of a text. Where nobody reads it any more, the rest is dropped.
  package func write(_ text: String) {
    let file: Int32 = self == .output ? STDOUT_FILENO : STDERR_FILENO
    var text = text
    text.withUTF8 { bytes in
      var written = 0
      while written < bytes.count {
        let count = Glibc.write(file, bytes.baseAddress! + written, bytes.count - written)
        if count < 0, errno != EINTR { return }
        written += max(0, count)
      }
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
