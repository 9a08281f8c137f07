internal import Glibc

/// Finds files in directories.
enum FileNames {
  /// How deep directories are looked into, and how many files are taken.
  private static let maximumDepth = 8
  private static let maximumCount = 10_000

  /// The YAML files below a directory, relative to it. Whatever begins with a dot is passed over: what editors, mounts
  /// of Kubernetes and this program keep for themselves.
  ///
  /// - Throws: `SmallFileError` where a directory cannot be read, or there are too many files.
  static func yaml(below directory: String) throws(SmallFileError) -> [String] {
    var names: [String] = []
    try collect(directory, prefix: "", depth: 0, &names)
    return names.sorted()
  }

  private static func collect(
    _ directory: String, prefix: String, depth: Int, _ names: inout [String]
  ) throws(SmallFileError) {
    guard let stream = opendir(directory) else {
      throw SmallFileError(path: directory, reason: String(cString: strerror(errno)))
    }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      guard !name.hasPrefix(".") else { continue }
      var status = stat()
      // What is gone already is not there.
      guard stat("\(directory)/\(name)", &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR where depth < maximumDepth:
        try collect("\(directory)/\(name)", prefix: "\(prefix)\(name)/", depth: depth + 1, &names)
      case S_IFREG where name.hasSuffix(".yaml") || name.hasSuffix(".yml"):
        guard names.count < maximumCount else {
          throw SmallFileError(path: directory, reason: "more than \(maximumCount) files")
        }
        names.append(prefix + name)
      default: continue
      }
    }
  }
}
