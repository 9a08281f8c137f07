package import Logging
package import Model
internal import Synchronization

/// Looks every few seconds whether files have changed, and has what they make read again.
///
/// Files that were put in place by renaming, as Kubernetes does with a link to a folder, are noticed like
/// those that were written over. Files that are not in order are tried again when they change again.
package final class FileWatcher: Sendable {
  private struct Entry {
    let watched: any WatchedFiles
    var stamps: [FileStamp?]
  }

  private let interval: Duration
  private let time: any TimeSource
  private let logger: Logger
  private let entries: Mutex<[Entry]>

  /// - Parameter watched: has read its files just now.
  package init(
    _ watched: [any WatchedFiles], every interval: Duration = .seconds(5), time: any TimeSource, logger: Logger
  ) {
    self.interval = interval
    self.time = time
    self.logger = logger
    entries = Mutex(watched.map { Entry(watched: $0, stamps: Self.stamps($0)) })
  }

  /// Looks until the task is cancelled.
  package func run() async {
    while !Task.isCancelled {
      do {
        try await time.sleep(until: time.now + interval)
      } catch {
        return
      }
      check()
    }
  }

  /// Looks now, and blocks while something is read.
  package func check() {
    entries.withLock { entries in
      for index in entries.indices {
        // Taken before reading: what changes in the meantime is noticed next time.
        let stamps = Self.stamps(entries[index].watched)
        guard stamps != entries[index].stamps else { continue }
        entries[index].stamps = stamps
        reload(entries[index].watched)
      }
    }
  }

  private func reload(_ watched: any WatchedFiles) {
    let names = watched.files.joined(separator: ", ")
    do {
      try watched.reload()
      logger.notice("read again: \(names)")
    } catch {
      logger.error("what was read before stays in use: \(error)")
    }
  }

  private static func stamps(_ watched: any WatchedFiles) -> [FileStamp?] {
    watched.files.map { FileStamp($0) }
  }
}
