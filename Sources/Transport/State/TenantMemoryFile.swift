internal import Glibc
package import Model

/// Remembers the allowed tenants in a file of a directory that outlives the process.
package struct TenantMemoryFile: TenantMemory {
  private let path: String

  /// - Parameter directory: has to be there.
  package init(directory: String) {
    path = "\(directory)/allowed-tenants.json"
  }

  package func recall() async throws(TenantMemoryFailure) -> Set<String>? {
    guard access(path, F_OK) == 0 else { return nil }
    let document: DocumentNode
    do {
      document = try JSONReader.read(Array(try SmallFile.read(path).utf8))
    } catch {
      throw TenantMemoryFailure(error is SmallFileError ? "\(error)" : "\(path): \(error)")
    }
    guard let names = document.items?.map(\.text), !names.contains(nil) else {
      throw TenantMemoryFailure("\(path): must be a list of names")
    }
    return Set(names.compactMap(\.self))
  }

  package func remember(_ names: Set<String>) async throws(TenantMemoryFailure) {
    let list = DocumentNode(.sequence(names.sorted().map { .text($0) }))
    do {
      try AtomicFile.write(JSONWriter.bytes(of: list) + [UInt8(ascii: "\n")], to: path)
    } catch {
      throw TenantMemoryFailure("\(error)")
    }
  }
}
