package import Logging
package import Model
internal import Synchronization

/// OpenMetricsRule resources in the YAML files of a directory, and of the directories in it.
///
/// Files are looked at every while, and read when they have changed. A file with something in it that is no resource
/// is a fault: while there is one, nothing is known to be absent. There are no statuses; events are logged.
package final class RuleDirectory: RuleStore {
  private struct State {
    var files: [String: RuleFile] = [:]
    var snapshot: RuleStoreSnapshot?
    var failure: String?
  }

  private let path: String
  private let interval: Duration
  private let reader: any DocumentReader
  private let time: any TimeSource
  private let logger: Logger
  private let state = Mutex(State())
  private let broadcast = Broadcast<RuleStoreSnapshot>()

  /// - Parameter interval: how often the files are looked at.
  package init(
    _ path: String, every interval: Duration = .seconds(1), reader: any DocumentReader, time: any TimeSource,
    logger: Logger
  ) {
    self.path = path
    self.interval = interval
    self.reader = reader
    self.time = time
    self.logger = logger
  }

  package func run() async {
    while !Task.isCancelled {
      // A failure is logged, and what was read before stays true.
      _ = try? scan()
      guard (try? await time.sleep(until: time.now + interval)) != nil else { break }
    }
    broadcast.finish()
  }

  package func snapshots() -> AsyncStream<RuleStoreSnapshot> {
    broadcast.values()
  }

  package func list() async throws(RuleStoreFailure) -> RuleStoreSnapshot {
    try scan()
  }

  package func create(_ rule: OpenMetricsRule) async throws(RuleStoreFailure) -> OpenMetricsRule {
    guard try scan().resources[rule.id] == nil else { throw RuleStoreFailure(.exists, "\(rule.id) is there already") }
    let name = ImportedFile.name(of: rule.id)
    guard FileStamp("\(path)/\(name)") == nil else {
      throw RuleStoreFailure(.exists, "a file \(name) is there already")
    }
    return try write(rule, to: name)
  }

  package func update(_ rule: OpenMetricsRule) async throws(RuleStoreFailure) -> OpenMetricsRule {
    guard let current = try scan().resources[rule.id] else {
      throw RuleStoreFailure(.notFound, "\(rule.id) is not there any more")
    }
    guard current.isWhollyOurs, current.resourceVersion == rule.resourceVersion else {
      throw RuleStoreFailure(.conflict, "\(rule.id) was changed by somebody else")
    }
    return try write(rule, to: ImportedFile.name(of: rule.id))
  }

  package func writeStatus(_ status: RuleStatus, of rule: OpenMetricsRule) async throws(RuleStoreFailure) {}

  package func record(_ event: RuleEvent) async {
    logger.log(level: event.kind == .warning ? .warning : .info, "\(event.resource): \(event.reason): \(event.note)")
  }

  // MARK: Files

  private func write(_ rule: OpenMetricsRule, to name: String) throws(RuleStoreFailure) -> OpenMetricsRule {
    do {
      try AtomicFile.write(Array(ImportedFile.text(of: rule).utf8), to: "\(path)/\(name)")
    } catch {
      throw RuleStoreFailure(.forbidden, "\(error)")
    }
    guard let stored = try scan().resources[rule.id] else {
      throw RuleStoreFailure(.transient, "\(rule.id) is gone again")
    }
    return stored
  }

  /// Reads what has changed, and passes it on.
  ///
  /// - Throws: that the directory cannot be read.
  @discardableResult
  private func scan() throws(RuleStoreFailure) -> RuleStoreSnapshot {
    try state.withLock { state throws(RuleStoreFailure) in
      let names: [String]
      do throws(SmallFileError) {
        names = try FileNames.yaml(below: path)
        state.failure = nil
      } catch {
        if state.failure != error.description { logger.error("the rules directory cannot be read: \(error)") }
        state.failure = error.description
        throw RuleStoreFailure(.transient, "\(error)")
      }
      let files = Dictionary(uniqueKeysWithValues: names.map { ($0, file($0, known: state.files[$0])) })
      if let snapshot = state.snapshot, files == state.files { return snapshot }
      state.files = files
      let snapshot = Self.snapshot(of: files, revision: (state.snapshot?.revision ?? 0) + 1)
      state.snapshot = snapshot
      // Under the lock, so that the newest snapshot is sent last.
      broadcast.send(snapshot)
      return snapshot
    }
  }

  /// A file that has not changed since it was last read is not read again.
  private func file(_ name: String, known: RuleFile?) -> RuleFile {
    let stamp = FileStamp("\(path)/\(name)")
    if let known, known.stamp == stamp { return known }
    return RuleFile(name, in: path, stamp: stamp, reader: reader)
  }

  private static func snapshot(of files: [String: RuleFile], revision: Int) -> RuleStoreSnapshot {
    var snapshot = RuleStoreSnapshot(resources: [:], revision: revision)
    var origins: [ResourceID: String] = [:]
    for (name, file) in files.sorted(by: { $0.key < $1.key }) {
      snapshot.faults += file.faults
      for rule in file.rules {
        if let other = origins[rule.id] {
          snapshot.faults.append("\(name): \(rule.id) stands in \(other), too")
        } else {
          origins[rule.id] = name
          snapshot.resources[rule.id] = rule
        }
      }
    }
    return snapshot
  }
}
