import Foundation
import Glibc
import Model
import TestSupport
import Testing

@testable import Transport

/// Where tests keep their files.
private enum TemporaryFiles {
  /// Whether a lock of one of them proves anything.
  static let areOnADiskOfTheirOwn: Bool = {
    let path = FileManager.default.temporaryDirectory.appending(path: "openmmt-lock-\(UUID().uuidString)").path
    defer { unlink(path) }
    guard let lock = HolderLock(path) else { return false }
    return !lock.place.boot.isEmpty
  }()
}

/// A lease in a file, whose holder may be killed.
@Suite(.enabled(if: TemporaryFiles.areOnADiskOfTheirOwn, "the file system of temporary files may be several hosts'"))
struct LeaseFileTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
  }

  private static let file = "l.lease.json"
  private static let lockFile = "l.lease.holder"

  private func store() -> LeaseFile {
    LeaseFile(directory: directory.path, name: "l")
  }

  private func lease(_ holder: String, over version: String? = nil, renewed: Double = 1_700_000_000) -> Lease {
    Lease(
      holder: holder, duration: .seconds(15), acquired: 1_700_000_000, renewed: renewed, transitions: 0,
      version: version)
  }

  /// Rewrites the file.
  private func change(_ change: (String) -> String) throws {
    try directory.write(change(try directory.read(Self.file)), to: Self.file)
  }

  @Test func aHolderThatLivesIsRespected() async throws {
    let first = store()
    let written = try await first.write(lease("one"))
    let second = store()
    #expect(try await second.read() == written)
    #expect(try await first.read() == written)
    let renewed = try await first.write(lease("one", over: written.version, renewed: 1_700_000_002))
    #expect(try await second.read() == renewed)
  }

  /// The kernel has taken its lock away; here, the last one who had the object has let go of it.
  @Test func aHolderThatIsGoneHasLeftTheLease() async throws {
    var version: String?
    do {
      version = try await store().write(lease("one")).version
    }
    let second = store()
    let left = try #require(try await second.read())
    #expect(left.holder.isEmpty && left.version == version)
    let taken = try await second.write(lease("two", over: left.version))
    #expect(try await store().read() == taken, "and the next one is respected again")
  }

  /// A real process, killed.
  @Test func aHolderThatIsKilledHasLeftTheLease() async throws {
    let first = store()
    _ = try await first.write(lease("one"))
    // A process that has the lock, as the holder itself would.
    _ = try await first.write(lease("", over: try #require(try await first.read()).version))
    let path = "\(directory.path)/\(Self.lockFile)"
    let child = try ChildProcess(
      URL(filePath: "/usr/bin/flock"), ["-n", "-F", path, "sh", "-c", "echo locked >&2; exec sleep 1000"])
    try await child.errorLine(matching: "locked")
    let holder = store()
    let written = try await holder.write(lease("one", over: try #require(try await holder.read()).version))
    // It could not have the lock, and so says nothing of one; now it is as if the process had written it.
    #expect(try directory.read(Self.file).contains("lock") == false)
    var status = stat()
    #expect(stat(path, &status) == 0)
    let boot = try String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    let place = HolderLock.Place(
      boot: boot.trimmingCharacters(in: .newlines), device: status.st_dev, inode: status.st_ino)
    try change { $0.replacing("}\n", with: ",\"lock\":\(JSONWriter.text(of: place.document))}\n") }
    #expect(try await store().read()?.holder == "one")
    child.signal(SIGKILL)
    _ = try await child.waitForExit()
    #expect(try await store().read()?.holder == "")
    #expect(written.holder == "one")
  }

  @Test func aLeaseThatIsGivenBackIsFree() async throws {
    let first = store()
    let written = try await first.write(lease("one"))
    let released = try await first.write(lease("", over: written.version))
    let second = store()
    #expect(try await second.read() == released)
    let taken = try await second.write(lease("two", over: released.version))
    #expect(try directory.read(Self.file).contains("lock"))
    #expect(try await first.read() == taken)
  }

  /// One that was stopped for long, and goes on while somebody else has the lease, must not stand in that one's way.
  @Test func aHolderThatWasOustedLetsGoOfTheLock() async throws {
    let first = store()
    let written = try await first.write(lease("one"))
    let second = store()
    let taken = try await second.write(lease("two", over: written.version))
    #expect(try directory.read(Self.file).contains("lock") == false, "the first one still has it")
    #expect(try await first.read() == taken)
    await #expect(throws: LeaseFailure.conflict) { try await first.write(lease("one", over: written.version)) }
    #expect(try await first.read() == taken)
    let renewed = try await second.write(lease("two", over: taken.version, renewed: 1_700_000_002))
    #expect(try directory.read(Self.file).contains("lock"))
    #expect(try await store().read() == renewed)
  }

  /// Somebody who could not write after all has the lock, and nobody else: the holder before is gone.
  @Test func whoFailedToTakeALeaseDoesNotTakeItselfForItsHolder() async throws {
    do { _ = try await store().write(lease("one")) }
    let second = store()
    await #expect(throws: LeaseFailure.conflict) { try await second.write(lease("two", over: "outdated")) }
    #expect(try await second.read()?.holder == "")
  }

  /// Where it is not known that a lock means anything, only time does.
  @Test(
    arguments: [
      (#""boot":""#, #""boot":"x"#), (#""device":"#, #""device":9"#), (#""inode":"#, #""inode":9"#),
      (#""lock":"#, #""other":"#), (#""boot":"#, #""b":"#),
    ])
  func aLockElsewhereProvesNothing(part: String, replacement: String) async throws {
    do { _ = try await store().write(lease("one")) }
    try change { $0.replacing(part, with: replacement) }
    #expect(try await store().read()?.holder == "one")
  }

  @Test func aLockThatIsNotThereProvesNothing() async throws {
    let first = store()
    let written = try await first.write(lease("one"))
    try FileManager.default.removeItem(atPath: "\(directory.path)/\(Self.lockFile)")
    #expect(try await store().read()?.holder == "one")
    try directory.write("", to: Self.lockFile)
    #expect(try await store().read()?.holder == "one", "another file of the same name")
    #expect(try await first.read() == written)
  }

  @Test func whoLooksAtTheSameTimeDisturbsNobody() async throws {
    do { _ = try await store().write(lease("one")) }
    let path = "\(directory.path)/\(Self.lockFile)"
    let looking = open(path, O_RDONLY)
    defer { close(looking) }
    #expect(flock(looking, LOCK_SH) == 0)
    #expect(try await store().read()?.holder == "")
  }

  @Test(
    arguments: [
      "", "{", "[]", "{}", #"{"holderIdentity":"a"}"#,
      #"{"holderIdentity":"a","leaseDurationSeconds":1e999,"acquireTime":0,"renewTime":0,"leaseTransitions":0}"#,
      #"{"holderIdentity":"a","leaseDurationSeconds":-1,"acquireTime":0,"renewTime":0,"leaseTransitions":0}"#,
      #"{"holderIdentity":"a","leaseDurationSeconds":15,"acquireTime":0,"renewTime":0,"leaseTransitions":1e300}"#,
      #"{"holderIdentity":"a","leaseDurationSeconds":15,"acquireTime":"nan","renewTime":0,"leaseTransitions":0}"#,
    ])
  func whatIsNoLeaseIsSaid(text: String) async throws {
    try directory.write(text, to: Self.file)
    let failure = await #expect(throws: LeaseFailure.self) { try await store().read() }
    #expect(failure != .conflict && failure?.description.isEmpty == false)
  }

  @Test func nobodyWaitsForLongerThanADay() async throws {
    try directory.write(
      #"{"holderIdentity":"a","leaseDurationSeconds":1e12,"acquireTime":0,"renewTime":0,"leaseTransitions":0}"#,
      to: Self.file)
    #expect(try await store().read()?.duration == .seconds(86400))
  }

  @Test func withoutADirectoryThereIsNoLease() async throws {
    let store = LeaseFile(directory: directory.path + "/none", name: "l")
    #expect(try await store.read() == nil)
    let failure = await #expect(throws: LeaseFailure.self) { try await store.write(lease("one")) }
    #expect(failure?.description.contains("No such file or directory") == true)
  }

  @Test func ofManyAtOnceOneIsRight() async throws {
    let stores = (0..<8).map { _ in store() }
    let winners = await withTaskGroup(of: Bool.self) { group in
      for (number, store) in stores.enumerated() {
        group.addTask { (try? await store.write(lease("\(number)"))) != nil }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(winners == 1)
  }
}
