import Foundation
import Logging
import Model
import Synchronization
import TestSupport
import Testing

@testable import Transport

struct FileWatcherTests {
  /// Counts how often it is read.
  private final class Counted: WatchedFiles {
    let files: [String]
    let reads = Mutex(0)

    init(_ files: [String]) {
      self.files = files
    }

    func reload() {
      reads.withLock { $0 += 1 }
    }

    var count: Int { reads.withLock { $0 } }
  }

  /// Lets each sleep go on when the test says so.
  private final class SteppedTime: TimeSource {
    let sleeps = Watched<[MonotonicTime]>([])
    private let steps: AsyncStream<Void>
    let step: AsyncStream<Void>.Continuation

    init() {
      (steps, step) = AsyncStream.makeStream()
    }

    var now: MonotonicTime { MonotonicTime(nanoseconds: 7) }
    var secondsSince1970: Double { 0 }

    func sleep(until deadline: MonotonicTime) async throws {
      sleeps.update { $0.append(deadline) }
      for await _ in steps { return }
      throw CancellationError()
    }
  }

  private let folder = FileManager.default.temporaryDirectory.appending(path: "watched-\(UUID())")
  private let logger = Logger(label: "") { _ in SwiftLogNoOpLogHandler() }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private func write(_ text: String, _ name: String) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try text.write(toFile: path(name), atomically: false, encoding: .utf8)
  }

  @Test func everyKindOfChangeIsNoticed() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("1", "one")
    try write("1", "two")
    let counted = Counted([path("one"), path("two")])
    let watcher = FileWatcher([counted], time: SystemTime(), logger: logger)
    func reads(after change: () throws -> Void) rethrows -> Int {
      let before = counted.count
      try change()
      watcher.check()
      watcher.check()
      return counted.count - before
    }
    #expect(reads {} == 0)
    #expect(try reads { try write("longer", "one") } == 1)
    #expect(try reads { try FileManager.default.removeItem(atPath: path("two")) } == 1)
    #expect(try reads { try write("back", "two") } == 1)
    let old = Date(timeIntervalSince1970: 1_000_000_000)
    #expect(
      try reads { try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: path("one")) } == 1)
    // Another file of the same size and age, put in its place.
    #expect(
      try reads {
        try write("LONGER", "new")
        try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: path("new"))
        rename(path("new"), path("one"))
      } == 1)
  }

  @Test func itLooksOnceAnInterval() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try write("1", "one")
    let counted = Counted([path("one")])
    let time = SteppedTime()
    let watcher = FileWatcher([counted], every: .seconds(3), time: time, logger: logger)
    let running = Task { await watcher.run() }
    try await time.sleeps.wait(for: "the first sleep") { $0.count == 1 }
    try write("longer", "one")
    #expect(counted.count == 0)
    time.step.yield()
    try await time.sleeps.wait(for: "the second sleep") { $0.count == 2 }
    #expect(counted.count == 1)
    #expect(time.sleeps.value.allSatisfy { $0 == MonotonicTime(nanoseconds: 3_000_000_007) })
    running.cancel()
    await running.value
  }
}
