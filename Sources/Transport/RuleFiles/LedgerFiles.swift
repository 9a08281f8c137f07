internal import Glibc
package import Model

/// Ledgers in files, one a tenant.
package struct LedgerFiles: LedgerStore {
  private static let suffix = ".json"
  private let directory: String

  /// - Parameter directory: has to be there before anything is saved.
  package init(directory: String) {
    self.directory = directory
  }

  package func tenants() async throws(LedgerFailure) -> Set<TenantID> {
    guard access(directory, F_OK) == 0 else { return [] }
    guard let stream = opendir(directory) else { throw .store("\(directory): \(String(cString: strerror(errno)))") }
    defer { closedir(stream) }
    var tenants: Set<TenantID> = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      guard name.hasPrefix("omi-ledger-"), name.hasSuffix(Self.suffix) else { continue }
      if let tenant = try tenant(in: name) { tenants.insert(tenant) }
    }
    return tenants
  }

  /// Whose a ledger is; `nil` where it does not tell, which is found out when it is loaded.
  private func tenant(in name: String) throws(LedgerFailure) -> TenantID? {
    do {
      let text = try StateFile(path: "\(directory)/\(name)").read()?.text ?? ""
      let first = text.prefix { $0 != "\n" }
      return try JSONReader.read(Array(first.utf8))["tenant"]?.text.flatMap { try? TenantID($0) }
    } catch let error as SmallFileError {
      throw .store("\(error)")
    } catch {
      return nil
    }
  }

  package func load(_ tenant: TenantID) async throws(LedgerFailure) -> VersionedLedger {
    let state: (text: String, version: String)?
    do {
      state = try file(of: tenant).read()
    } catch {
      throw .store("\(error)")
    }
    guard let state else { return VersionedLedger(Ledger(), version: nil) }
    let parts = state.text.split(separator: "\n").map(String.init)
    return VersionedLedger(try LedgerCodec.ledger(from: parts, of: tenant), version: state.version)
  }

  package func save(
    _ ledger: Ledger, of tenant: TenantID, over version: String?
  ) async throws(LedgerFailure) -> String {
    let text = LedgerCodec.parts(of: ledger, tenant: tenant).map { $0 + "\n" }.joined()
    let newVersion: String?
    do {
      newVersion = try file(of: tenant).replace(version, with: text)
    } catch {
      throw .store("\(error)")
    }
    guard let newVersion else { throw .conflict }
    return newVersion
  }

  private func file(of tenant: TenantID) -> StateFile {
    StateFile(path: "\(directory)/\(LedgerCodec.name(of: tenant))\(Self.suffix)")
  }
}
