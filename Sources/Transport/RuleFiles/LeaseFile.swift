package import Model

/// A lease in a file.
package struct LeaseFile: LeaseStore {
  private let file: StateFile

  /// - Parameters:
  ///   - directory: has to be there before anything is written.
  ///   - name: the lease's.
  package init(directory: String, name: String) {
    file = StateFile(path: "\(directory)/\(name).lease.json")
  }

  package func read() async throws(LeaseFailure) -> Lease? {
    do {
      return try file.read().map { try Self.lease($0.text, version: $0.version) }
    } catch {
      throw .store("\(error)")
    }
  }

  package func write(_ lease: Lease) async throws(LeaseFailure) -> Lease {
    let version: String?
    do {
      version = try file.replace(lease.version, with: Self.text(of: lease))
    } catch {
      throw .store("\(error)")
    }
    guard let version else { throw .conflict }
    var lease = lease
    lease.version = version
    return lease
  }

  private static func lease(_ text: String, version: String) throws(DocumentError) -> Lease {
    let document = try JSONReader.read(Array(text.utf8))
    func number(_ name: String) -> Double { document[name]?.text.flatMap { Double($0) } ?? 0 }
    return Lease(
      holder: document["holderIdentity"]?.text ?? "", duration: .seconds(number("leaseDurationSeconds")),
      acquired: number("acquireTime"), renewed: number("renewTime"), transitions: Int(number("leaseTransitions")),
      version: version)
  }

  private static func text(of lease: Lease) -> String {
    func number(_ value: Double) -> DocumentNode { DocumentNode(.scalar("\(value)", .plain)) }
    return JSONWriter.text(
      of: .object([
        ("holderIdentity", .text(lease.holder)), ("leaseDurationSeconds", number(lease.duration.inSeconds)),
        ("acquireTime", number(lease.acquired)), ("renewTime", number(lease.renewed)),
        ("leaseTransitions", number(Double(lease.transitions))),
      ])) + "\n"
  }
}
