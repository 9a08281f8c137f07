internal import Glibc

/// What shows that a file has changed, without reading it.
struct FileStamp: Equatable {
  private let device: UInt
  private let inode: UInt
  private let size: Int
  private let modified: Time
  /// Set by the system alone, and so different even where somebody sets back the time of modification.
  private let changed: Time

  private struct Time: Equatable {
    let seconds: Int
    let nanoseconds: Int

    init(_ time: timespec) {
      seconds = time.tv_sec
      nanoseconds = time.tv_nsec
    }
  }

  /// - Returns: `nil` where there is no such file.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = status.st_dev
    inode = status.st_ino
    size = status.st_size
    modified = Time(status.st_mtim)
    changed = Time(status.st_ctim)
  }
}
