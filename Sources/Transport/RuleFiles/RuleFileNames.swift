internal import Glibc

/// The YAML files below a directory.
///
/// Whatever begins with a dot is passed over: what editors, mounts of Kubernetes and this program keep for themselves.
struct RuleFileNames {
  /// How deep directories are looked into, and how many files are taken.
  private static let maximumDepth = 8
  private static let maximumCount = 10_000

  /// What tells a directory from all others.
  private struct Identity: Hashable {
    let device: UInt
    let inode: UInt

    init(_ status: stat) {
      device = status.st_dev
      inode = status.st_ino
    }
  }

  private(set) var files: [RuleFileName] = []
  /// The paths of the directory and of all that were looked into.
  private(set) var directories: [String] = []
  private var seen: Set<Identity> = []

  /// - Throws: `SmallFileError` where not everything can be looked at, or there are too many files.
  init(below directory: String) throws(SmallFileError) {
    guard let status = try Self.status(directory) else { throw Self.failure(directory, ENOENT) }
    seen.insert(Identity(status))
    try collect(directory, prefix: "", depth: 0)
  }

  private mutating func collect(_ directory: String, prefix: String, depth: Int) throws(SmallFileError) {
    guard let stream = opendir(directory) else {
      // One below that is gone is not there.
      if errno == ENOENT, depth > 0 { return }
      throw Self.failure(directory)
    }
    defer { closedir(stream) }
    directories.append(directory)
    while let name = try Self.next(stream, of: directory) {
      guard !name.hasPrefix("."), let status = try Self.status("\(directory)/\(name)") else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR:
        // Links may lead in circles.
        guard depth < Self.maximumDepth, seen.insert(Identity(status)).inserted else { continue }
        try collect("\(directory)/\(name)", prefix: "\(prefix)\(name)/", depth: depth + 1)
      case S_IFREG where name.hasSuffix(".yaml") || name.hasSuffix(".yml"):
        guard files.count < Self.maximumCount else {
          throw SmallFileError(path: directory, reason: "more than \(Self.maximumCount) files")
        }
        files.append(RuleFileName(prefix + name))
      default: continue
      }
    }
  }

  private static func next(_ stream: OpaquePointer, of directory: String) throws(SmallFileError) -> String? {
    // The end and an error are told apart by this alone.
    errno = 0
    guard let entry = readdir(stream) else {
      if errno != 0 { throw failure(directory) }
      return nil
    }
    return withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
    }
  }

  /// What a name leads to; `nil` where it leads nowhere, or is gone already.
  private static func status(_ path: String) throws(SmallFileError) -> stat? {
    var status = stat()
    if stat(path, &status) == 0 { return status }
    guard errno == ENOENT || errno == ELOOP else { throw failure(path) }
    return nil
  }

  private static func failure(_ path: String, _ code: CInt = errno) -> SmallFileError {
    SmallFileError(path: path, reason: String(cString: strerror(code)))
  }
}
