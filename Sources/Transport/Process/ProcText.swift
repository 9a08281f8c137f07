/// Finds single numbers in files of `/proc`.
///
/// Source: `proc(5)`.
enum ProcText {
  /// When the machine started, in seconds since 1970, from `/proc/stat`.
  static func bootTime(stat: String) -> Int? {
    line(of: stat, after: "btime ").flatMap { Int($0) }
  }

  /// How many descriptors the process may have open (the soft limit), from `/proc/<pid>/limits`; infinity where
  /// there is no limit.
  static func maximumOpenFiles(limits: String) -> Double? {
    guard let soft = line(of: limits, after: "Max open files")?.split(separator: " ").first else { return nil }
    return soft == "unlimited" ? .infinity : Int(soft).map { Double($0) }
  }

  /// The rest of the first line that begins like this.
  private static func line(of text: String, after prefix: String) -> Substring? {
    text.split(separator: "\n").first { $0.hasPrefix(prefix) }?.dropFirst(prefix.count)
  }
}
