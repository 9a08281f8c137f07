#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads `/proc`, and the units in which it speaks.
enum ProcFiles {
  /// Clock ticks a second.
  static var ticksPerSecond: Int { sysconf(Int32(_SC_CLK_TCK)) }

  /// The length of a page, in bytes.
  static var pageLength: Int { sysconf(Int32(_SC_PAGESIZE)) }

  /// The contents of a file; `nil` where it cannot be read.
  static func contents(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var contents: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(file, &part, part.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return String(decoding: contents, as: UTF8.self) }
      contents.append(contentsOf: part[..<count])
    }
  }

  /// How many entries a directory has, without `.` and `..`; `nil` where it cannot be read.
  static func entryCount(_ path: String) -> Int? {
    guard let directory = opendir(path) else { return nil }
    defer { closedir(directory) }
    var count = 0
    while readdir(directory) != nil { count += 1 }
    return count - 2
  }
}
