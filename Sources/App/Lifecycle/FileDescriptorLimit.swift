import Glibc

/// The number of files and sockets that the process may have open.
enum FileDescriptorLimit {
  /// Takes as many as the system allows: the usual first limit of 1024 is for programs that use
  /// select(2).
  static func raise() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
