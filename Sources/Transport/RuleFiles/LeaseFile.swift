package import Model
internal import Synchronization

/// A lease in a file.
///
/// Who holds it also holds a lock, where the file system makes that worth something: a holder that is gone without having
/// given the lease back is taken for one that has.
package final class LeaseFile: LeaseStore {
  private struct Stored {
    var lease: Lease
    /// Of the holder's lock; `nil` where it has none.
    var lock: HolderLock.Place?
  }

  /// The lock of this process, and as whom it was taken.
  private struct Held: ~Copyable {
    var lock: HolderLock?
    var holder = ""
  }

  private let file: StateFile
  private let lockPath: String
  private let held = Mutex(Held())

  /// - Parameters:
  ///   - directory: has to be there before anything is written.
  ///   - name: the lease's.
  package init(directory: String, name: String) {
    file = StateFile(path: "\(directory)/\(name).lease.json")
    lockPath = "\(directory)/\(name).lease.holder"
  }

  package func read() async throws(LeaseFailure) -> Lease? {
    let stored: Stored?
    do {
      stored = try file.read().map { try Self.stored($0.text, version: $0.version) }
    } catch {
      throw .store("\(error)")
    }
    guard let stored else { return nil }
    let isOwn = held.withLock { $0.lock != nil && $0.holder == stored.lease.holder }
    if isOwn { return stored.lease }
    // Somebody else has the lease, or had it last: the lock is not this process's any more.
    letGo()
    guard let place = stored.lock, HolderLock.isLeft(lockPath, at: place) else { return stored.lease }
    var lease = stored.lease
    lease.holder = ""
    return lease
  }

  package func write(_ lease: Lease) async throws(LeaseFailure) -> Lease {
    let place = lease.holder.isEmpty ? nil : takeLock(as: lease.holder)
    let version: String?
    do {
      version = try file.replace(lease.version, with: Self.text(of: Stored(lease: lease, lock: place)))
    } catch {
      throw .store("\(error)")
    }
    guard let version else { throw .conflict }
    if lease.holder.isEmpty { letGo() }
    var lease = lease
    lease.version = version
    return lease
  }

  // MARK: The lock

  /// Takes the lock, unless it is held already.
  private func takeLock(as holder: String) -> HolderLock.Place? {
    held.withLock { held in
      if held.lock == nil { held.lock = HolderLock(lockPath) }
      held.holder = holder
      return held.lock?.place
    }
  }

  private func letGo() {
    held.withLock { $0.lock = nil }
  }

  // MARK: The text

  private static func stored(_ text: String, version: String) throws(DocumentError) -> Stored {
    let document = try JSONReader.read(Array(text.utf8))
    let lease = Lease(
      holder: document["holderIdentity"]?.text ?? "",
      duration: .seconds(try number("leaseDurationSeconds", in: document)),
      acquired: try number("acquireTime", in: document), renewed: try number("renewTime", in: document),
      transitions: Int(try number("leaseTransitions", in: document)), version: version)
    return Stored(lease: lease, lock: HolderLock.Place(document: document["lock"]))
  }

  /// - Throws: that there is no such number, or none that can be meant.
  private static func number(_ name: String, in document: DocumentNode) throws(DocumentError) -> Double {
    guard let number = document[name]?.text.flatMap({ Double($0) }), 0...1e12 ~= number else {
      throw DocumentError("the lease has no \(name) that makes sense")
    }
    return number
  }

  private static func text(of stored: Stored) -> String {
    func number(_ value: Double) -> DocumentNode { DocumentNode(.scalar("\(value)", .plain)) }
    let lease = stored.lease
    var fields: [(String, DocumentNode)] = [
      ("holderIdentity", .text(lease.holder)), ("leaseDurationSeconds", number(lease.duration.inSeconds)),
      ("acquireTime", number(lease.acquired)), ("renewTime", number(lease.renewed)),
      ("leaseTransitions", number(Double(lease.transitions))),
    ]
    if let lock = stored.lock { fields.append(("lock", lock.document)) }
    return JSONWriter.text(of: .object(fields)) + "\n"
  }
}
