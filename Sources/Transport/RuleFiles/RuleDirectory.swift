package import Logging
package import Model
internal import Synchronization

/// OpenMetricsRule resources in the YAML files of a directory, and of the directories in it.
///
/// Files are read when they have changed and then not for a while: what is half-written, or away for a moment, counts as
/// it was before. So does what cannot be read; it is a fault, and while there is one, nothing is known to be absent. There
/// are no statuses; events are logged.
package final class RuleDirectory: RuleStore {
  /// How long a file has to look the same before it is read.
  static let patience = Duration.milliseconds(250)
  /// How often files that do not stop changing are looked at for a list.
  private static let maximumLooks = 40

  private typealias Settling = SettlingFiles<RuleFileName, FileStamp>

  private struct State {
    var settling = Settling(patience: RuleDirectory.patience)
    var files: [RuleFileName: RuleFile] = [:]
    var snapshot: RuleStoreSnapshot?
    /// What was last said in the log of the directory itself.
    var failure: String?
    var isWatched = true
  }

  private let path: String
  private let interval: Duration
  private let text: @Sendable (String) throws(SmallFileError) -> String
  private let reader: any DocumentReader
  private let time: any TimeSource
  private let logger: Logger
  private let events = DirectoryEvents()
  private let state = Mutex(State())
  private let broadcast = Broadcast<RuleStoreSnapshot>()

  /// - Parameters:
  ///   - interval: how often the files are looked at, though nothing says that they have changed.
  ///   - text: reads the file at a path.
  package init(
    _ path: String, every interval: Duration = .seconds(2), reader: any DocumentReader, time: any TimeSource,
    logger: Logger,
    text: @escaping @Sendable (String) throws(SmallFileError) -> String = { path throws(SmallFileError) in
      try SmallFile.read(path, limit: 16 << 20)
    }
  ) {
    self.path = path
    self.interval = interval
    self.text = text
    self.reader = reader
    self.time = time
    self.logger = logger
  }

  package func run() async {
    let (changes, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    await withTaskGroup { group in
      group.addTask { [events] in await events?.run { continuation.yield() } }
      group.addTask { for await _ in changes { await self.lookUntilSettled() } }
      group.addTask {
        while !Task.isCancelled {
          await self.lookUntilSettled()
          try? await self.time.sleep(until: self.time.now + self.interval)
        }
      }
    }
    broadcast.finish()
  }

  package func snapshots() -> AsyncStream<RuleStoreSnapshot> {
    broadcast.values()
  }

  package func list() async throws(RuleStoreFailure) -> RuleStoreSnapshot {
    for _ in 0..<Self.maximumLooks {
      let (snapshot, deadline) = try look()
      if let snapshot, deadline == nil { return snapshot }
      do {
        try await time.sleep(until: deadline ?? time.now)
      } catch {
        throw RuleStoreFailure(.transient, "cancelled")
      }
    }
    throw RuleStoreFailure(.transient, "the files of the rules directory do not stop changing")
  }

  package func create(_ rule: OpenMetricsRule) async throws(RuleStoreFailure) -> OpenMetricsRule {
    guard try await list().resources[rule.id] == nil else {
      throw RuleStoreFailure(.exists, "\(rule.id) is there already")
    }
    let name = RuleFileName(ImportedFile.name(of: rule.id))
    return try write(rule, to: name) { (bytes, path) throws(SmallFileError) in
      try AtomicFile.create(bytes, at: path) ? nil : RuleStoreFailure(.exists, "a file \(name) is there already")
    }
  }

  package func update(_ rule: OpenMetricsRule) async throws(RuleStoreFailure) -> OpenMetricsRule {
    guard let current = try await list().resources[rule.id] else {
      throw RuleStoreFailure(.notFound, "\(rule.id) is not there any more")
    }
    guard current.isWhollyOurs, current.resourceVersion == rule.resourceVersion else {
      throw RuleStoreFailure(.conflict, "\(rule.id) was changed by somebody else")
    }
    let name = RuleFileName(ImportedFile.name(of: rule.id))
    return try write(rule, to: name) { (bytes, path) throws(SmallFileError) in
      // Somebody may have saved it just now.
      guard file(name, after: nil).version == rule.resourceVersion else {
        return RuleStoreFailure(.conflict, "\(rule.id) was changed by somebody else")
      }
      try AtomicFile.write(bytes, to: path)
      return nil
    }
  }

  package func writeStatus(_ status: RuleStatus, of rule: OpenMetricsRule) async throws(RuleStoreFailure) {}

  package func record(_ event: RuleEvent) async {
    logger.log(level: event.kind == .warning ? .warning : .info, "\(event.resource): \(event.reason): \(event.note)")
  }

  // MARK: Writing

  /// Writes a file and takes it at once, for it is complete.
  ///
  /// - Parameter write: writes bytes to a path, or says why it does not.
  private func write(
    _ rule: OpenMetricsRule, to name: RuleFileName,
    by write: ([UInt8], String) throws(SmallFileError) -> RuleStoreFailure?
  ) throws(RuleStoreFailure) -> OpenMetricsRule {
    let path = "\(path)/\(name)"
    return try state.withLock { state throws(RuleStoreFailure) in
      let failure: RuleStoreFailure?
      do {
        failure = try write(Array(ImportedFile.text(of: rule).utf8), path)
      } catch {
        failure = RuleStoreFailure(.forbidden, "\(error)")
      }
      if let failure { throw failure }
      read(Settling.Change(name: name, stamp: FileStamp(path)), &state)
      let snapshot = publish(&state)
      guard let stored = snapshot.resources[rule.id] else {
        throw RuleStoreFailure(.transient, "\(rule.id) is gone again")
      }
      return stored
    }
  }

  // MARK: Looking

  private func lookUntilSettled() async {
    // A failure is in the log already, and what was read before stays true.
    while !Task.isCancelled, let deadline = try? look().deadline {
      try? await time.sleep(until: deadline)
    }
  }

  /// Reads what has changed and settled, and passes it on.
  ///
  /// - Returns: the resources, `nil` before everything was read once; and when to look again.
  /// - Throws: that the directory cannot be read.
  private func look() throws(RuleStoreFailure) -> (snapshot: RuleStoreSnapshot?, deadline: MonotonicTime?) {
    try state.withLock { state throws(RuleStoreFailure) in
      let stamps = try stamps(&state)
      let changes = state.settling.look(at: stamps, now: time.now)
      let isNew = changes.count { read($0, &state) } > 0
      if isNew || state.snapshot == nil && state.settling.deadline == nil { publish(&state) }
      return (state.snapshot, state.settling.deadline)
    }
  }

  private func stamps(_ state: inout State) throws(RuleStoreFailure) -> [RuleFileName: FileStamp] {
    do throws(SmallFileError) {
      let names = try RuleFileNames(below: path)
      state.failure = nil
      watch(names.directories, &state)
      var stamps: [RuleFileName: FileStamp] = [:]
      for name in names.files { stamps[name] = FileStamp("\(path)/\(name)") }
      return stamps
    } catch {
      if state.failure != error.description { logger.error("the rules directory cannot be read: \(error)") }
      state.failure = error.description
      throw RuleStoreFailure(.transient, "\(error)")
    }
  }

  private func watch(_ directories: [String], _ state: inout State) {
    let isWatched = events.map { events in directories.allSatisfy { events.watch($0) } } ?? false
    if state.isWatched, !isWatched {
      logger.warning("the system does not tell of changes in the rules directory; it is looked at every \(interval)")
    }
    state.isWatched = isWatched
  }

  /// Takes a change, unless the file is another one again.
  ///
  /// - Returns: whether there is something new in it.
  @discardableResult
  private func read(_ change: Settling.Change, _ state: inout State) -> Bool {
    let known = state.files[change.name]
    let file = change.stamp.map { _ in self.file(change.name, after: known) }
    guard FileStamp("\(path)/\(change.name)") == change.stamp else { return false }
    state.settling.take(change, isRead: file?.isRead ?? true)
    guard file != known else { return false }
    state.files[change.name] = file
    return true
  }

  /// Reads a file.
  private func file(_ name: RuleFileName, after known: RuleFile?) -> RuleFile {
    RuleFile(name, after: known, reader: reader) { () throws(SmallFileError) in try text("\(path)/\(name)") }
  }

  /// Passes the resources on. The first time, that is when all files were read.
  @discardableResult
  private func publish(_ state: inout State) -> RuleStoreSnapshot {
    let snapshot = Self.snapshot(of: state.files, revision: (state.snapshot?.revision ?? 0) + 1)
    guard state.snapshot != nil || state.settling.deadline == nil else { return snapshot }
    state.snapshot = snapshot
    // Under the lock, so that the newest snapshot is sent last.
    broadcast.send(snapshot)
    return snapshot
  }

  private static func snapshot(of files: [RuleFileName: RuleFile], revision: Int) -> RuleStoreSnapshot {
    var snapshot = RuleStoreSnapshot(resources: [:], revision: revision)
    var origins: [ResourceID: RuleFileName] = [:]
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
