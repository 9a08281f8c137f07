internal import Glibc
internal import Model

/// A file that several processes write: each says which state it replaces, and only one of them is right.
struct StateFile {
  /// The bytes of the largest file. A ledger has about 120 a group.
  private static let limit = 64 << 20

  let path: String

  /// What the file holds, and what tells this state from others; `nil` where there is no such file.
  ///
  /// - Throws: `SmallFileError`.
  func read() throws(SmallFileError) -> (text: String, version: String)? {
    guard access(path, F_OK) == 0 else { return nil }
    let text = try SmallFile.read(path, limit: Self.limit)
    return (text, Self.version(of: text))
  }

  /// Replaces a state of the file.
  ///
  /// - Parameter version: that of the state; `nil`: there is no such file.
  /// - Returns: the new version; `nil` where somebody else was faster.
  /// - Throws: `SmallFileError`.
  func replace(_ version: String?, with text: String) throws(SmallFileError) -> String? {
    let lock = open("\(path).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard lock >= 0 else { throw SmallFileError(path: path, reason: String(cString: strerror(errno))) }
    // Closing the file gives the lock back, and so does the end of the process.
    defer { close(lock) }
    while flock(lock, LOCK_EX) != 0 {
      guard errno == EINTR else { throw SmallFileError(path: path, reason: String(cString: strerror(errno))) }
    }
    guard try read()?.version == version else { return nil }
    // What could not be read again must not take the place of what can.
    guard text.utf8.count <= Self.limit else {
      throw SmallFileError(path: path, reason: "would be larger than \(Self.limit) bytes")
    }
    try AtomicFile.write(Array(text.utf8), to: path)
    return Self.version(of: text)
  }

  private static func version(of text: String) -> String {
    Base64.encode(Digest.sha256(Array(text.utf8)))
  }
}
