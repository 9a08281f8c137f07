internal import Glibc

/// Writes files wholly or not at all: whoever reads one finds what was there before, or what is there now.
enum AtomicFile {
  /// Replaces a file. What was written is on the disk when this returns.
  ///
  /// - Parameter mode: who may read the file.
  /// - Throws: `SmallFileError`; the file is as it was then.
  static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws(SmallFileError) {
    try withTemporary(bytes, besides: path, mode) { (temporary) throws(SmallFileError) in
      guard rename(temporary, path) == 0 else { throw failure(path) }
    }
  }

  /// Creates a file, unless there is one. What was written is on the disk when this returns.
  ///
  /// - Returns: whether there was none.
  /// - Throws: `SmallFileError`; there is no such file then.
  static func create(_ bytes: [UInt8], at path: String, mode: mode_t = 0o644) throws(SmallFileError) -> Bool {
    var isNew = true
    try withTemporary(bytes, besides: path, mode) { (temporary) throws(SmallFileError) in
      // Unlike a renamed file, a second name for it replaces nothing.
      guard link(temporary, path) == 0 else {
        guard errno == EEXIST else { throw failure(path) }
        isNew = false
        return
      }
    }
    return isNew
  }

  /// Gives a written file its name.
  private static func withTemporary(
    _ bytes: [UInt8], besides path: String, _ mode: mode_t, _ name: (String) throws(SmallFileError) -> Void
  ) throws(SmallFileError) {
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    // Begins with a dot, so that who lists the directory takes it for none of the files there.
    let temporary = "\(folder)/.\(path.split(separator: "/").last ?? "").\(getpid()).\(UInt32.random(in: 0 ... .max))"
    // Gone already where it was renamed.
    defer { unlink(temporary) }
    try writeNew(temporary, bytes, mode)
    try name(temporary)
    try synchronise(folder)
  }

  private static func writeNew(_ path: String, _ bytes: [UInt8], _ mode: mode_t) throws(SmallFileError) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard file >= 0 else { throw failure(path) }
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(path) }
      rest = rest.dropFirst(count)
    }
    guard fsync(file) == 0 else { throw failure(path) }
  }

  /// A new name is on the disk when its directory is.
  private static func synchronise(_ folder: String) throws(SmallFileError) {
    let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw failure(folder) }
    defer { close(directory) }
    // Some file systems know no such thing for directories, and need none.
    guard fsync(directory) == 0 || errno == EINVAL else { throw failure(folder) }
  }

  private static func failure(_ path: String) -> SmallFileError {
    SmallFileError(path: path, reason: String(cString: strerror(errno)))
  }
}
