internal import CLinux
internal import Glibc
internal import Model

/// A file that is locked as long as the holder of a lease lives: the kernel gives the lock back when the process ends,
/// however it ends.
///
/// A lock tells something only among processes that see the same one. So the holder writes down where its lock is, and
/// who finds the lock free believes that only where it stands at the very same place: under the same kernel, and on the
/// same mounted file system, which has to be one that belongs to a single host. What other file systems make of locks
/// differs, and so nothing follows from theirs.
struct HolderLock: ~Copyable {
  /// What tells a lock from all others.
  struct Place: Sendable, Equatable {
    /// The kernel's, another one after each boot.
    var boot: String
    var device: UInt
    var inode: UInt
  }

  /// File systems of a single host: ext2 to ext4, XFS, Btrfs, F2FS, ZFS, tmpfs, and what containers make of these.
  private static let ownFileSystems: Set<Int> = [
    0xEF53, 0x5846_5342, 0x9123_683E, 0xF2F5_2010, 0x2FC1_2FC1, 0x0102_1994, 0x794C_7630,
  ]

  let place: Place
  private let descriptor: Int32

  /// Takes the lock, and keeps it until it is let go of.
  ///
  /// - Returns: `nil` where somebody else has it, or nothing would follow from it.
  init?(_ path: String) {
    self.init(path, flags: O_RDWR | O_CREAT, LOCK_EX)
  }

  private init?(_ path: String, flags: Int32, _ operation: Int32) {
    let descriptor = open(path, flags | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return nil }
    guard let place = Place(of: descriptor), flock(descriptor, operation | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
    self.place = place
  }

  deinit {
    close(descriptor)
  }

  /// Whether the process is gone that had the lock at a place.
  static func isLeft(_ path: String, at place: Place) -> Bool {
    // Shared, so that those who look at the same time do not take each other for the holder.
    guard let lock = HolderLock(path, flags: O_RDONLY, LOCK_SH) else { return false }
    return lock.place == place
  }
}

extension HolderLock.Place {
  /// - Returns: `nil` where the file is on a file system that others may have a part in.
  fileprivate init?(of descriptor: Int32) {
    var status = stat()
    var fileSystem = statfs()
    guard fstat(descriptor, &status) == 0, fstatfs(descriptor, &fileSystem) == 0,
      HolderLock.ownFileSystems.contains(Int(fileSystem.f_type)),
      let boot = try? SmallFile.read("/proc/sys/kernel/random/boot_id", limit: 4096)
    else { return nil }
    self.init(boot: boot.filter { !$0.isWhitespace }, device: status.st_dev, inode: status.st_ino)
  }
}

extension HolderLock.Place {
  /// - Returns: `nil` where the document is none.
  init?(document: DocumentNode?) {
    guard let boot = document?["boot"]?.text, let device = document?["device"]?.text.flatMap({ UInt($0) }),
      let inode = document?["inode"]?.text.flatMap({ UInt($0) })
    else { return nil }
    self.init(boot: boot, device: device, inode: inode)
  }

  var document: DocumentNode {
    .object([("boot", .text(boot)), ("device", .number(device)), ("inode", .number(inode))])
  }
}
