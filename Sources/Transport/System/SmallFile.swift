internal import Glibc

/// Reads files that fit into memory: tokens and passwords, rules, and what this program keeps for itself.
package enum SmallFile {
  /// - Parameter limit: the bytes of the largest file that is read.
  /// - Throws: `SmallFileError` where it cannot be read, is too large, or is not UTF-8.
  package static func read(_ path: String, limit: Int = 4 << 20) throws(SmallFileError) -> String {
    guard let text = String(validating: try bytes(of: path, limit: limit), as: UTF8.self) else {
      throw SmallFileError(path: path, reason: "is not UTF-8")
    }
    return text
  }

  /// - Parameter limit: the bytes of the largest file that is read.
  /// - Throws: `SmallFileError` where it cannot be read, or is too large.
  package static func bytes(of path: String, limit: Int) throws(SmallFileError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw SmallFileError(path: path, reason: String(cString: strerror(errno))) }
    defer { close(file) }
    return try read(file, named: path, limit: limit)
  }

  /// Reads an open file from where it stands.
  static func read(_ file: Int32, named name: String, limit: Int) throws(SmallFileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count <= limit {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw SmallFileError(path: name, reason: String(cString: strerror(errno))) }
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
    throw SmallFileError(path: name, reason: "larger than \(limit) bytes")
  }
}
