internal import Glibc

/// Reads files that fit into memory: tokens and passwords, rules, and what this program keeps for itself.
package enum SmallFile {
  /// - Parameter limit: the bytes of the largest file that is read.
  /// - Throws: `SmallFileError` where it cannot be read, is too large, or is not UTF-8.
  package static func read(_ path: String, limit: Int = 4 << 20) throws(SmallFileError) -> String {
    guard let file = fopen(path, "re") else {
      throw SmallFileError(path: path, reason: String(cString: strerror(errno)))
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count <= limit {
      let count = fread(&chunk, 1, chunk.count, file)
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    guard ferror(file) == 0 else { throw SmallFileError(path: path, reason: String(cString: strerror(errno))) }
    guard bytes.count <= limit else { throw SmallFileError(path: path, reason: "larger than \(limit) bytes") }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw SmallFileError(path: path, reason: "is not UTF-8")
    }
    return text
  }
}
