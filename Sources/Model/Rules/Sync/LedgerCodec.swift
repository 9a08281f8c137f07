/// A ledger as text: JSON in one line, about 130 bytes a group.
///
/// A ConfigMap holds 1 MiB, so that a large ledger is written in several parts. The first part says how many there are.
/// A store writes the first part last: until then the ones before are in force. Each group is in the part that its hash
/// says, so that parts of different ages do no harm: what is missing in one is found out by the next plan.
package enum LedgerCodec {
  /// The greatest length of a part in bytes.
  package static let maximumPartLength = 900_000
  private static let version = 1

  /// The name of the object that holds a part.
  ///
  /// - Parameters:
  ///   - part: from 0.
  ///   - count: of all parts. Those of another number of parts have other names, but for the first.
  package static func name(of tenant: TenantID, part: Int = 0, count: Int = 1) -> String {
    let hash = SHA256.hash(Array(tenant.name.utf8)).prefix(8).map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }
    return "omi-ledger-\(hash.joined())" + (part == 0 ? "" : "-\(count)-\(part)")
  }

  /// The parts of a ledger, each of at most ``maximumPartLength`` bytes where that can be.
  package static func parts(of ledger: Ledger, tenant: TenantID) -> [String] {
    parts(of: ledger, tenant: tenant, maximumLength: maximumPartLength)
  }

  static func parts(of ledger: Ledger, tenant: TenantID, maximumLength: Int) -> [String] {
    var count = 1
    while true {
      let parts = parts(of: ledger, tenant: tenant, count: count)
      let isSmallEnough = parts.allSatisfy { $0.utf8.count <= maximumLength }
      // A single group may be too long, which more parts would not help.
      if isSmallEnough || count >= max(1, ledger.entries.count) { return parts }
      count *= 2
    }
  }

  /// How many parts there are, as the first one says.
  ///
  /// - Throws: `corrupt`.
  package static func partCount(in first: String, of tenant: TenantID) throws(LedgerFailure) -> Int {
    try read(first, of: tenant, part: 0, count: nil).count
  }

  /// The ledger.
  ///
  /// - Parameter parts: all of them, in their order.
  /// - Throws: `corrupt` where they are not the parts of one ledger of this tenant.
  package static func ledger(from parts: [String], of tenant: TenantID) throws(LedgerFailure) -> Ledger {
    guard !parts.isEmpty else { throw .corrupt("there is no part of it") }
    var ledger = Ledger()
    for (index, part) in parts.enumerated() {
      let namespaces = try read(part, of: tenant, part: index, count: parts.count).namespaces
      for namespace in namespaces.fields ?? [] {
        for group in namespace.value.fields ?? [] {
          let key = LedgerKey(namespace: namespace.name, group: group.name)
          guard let entry = LedgerEntry(document: group.value) else {
            throw .corrupt("the entry of group \(key.group) in \(key.namespace) cannot be read")
          }
          guard ledger.entries.updateValue(entry, forKey: key) == nil else {
            throw .corrupt("group \(key.group) in \(key.namespace) is there twice")
          }
        }
      }
    }
    return ledger
  }

  // MARK: Parts

  private static func parts(of ledger: Ledger, tenant: TenantID, count: Int) -> [String] {
    // By keys without a group, and not by texts, which are the same where Unicode says so.
    var groups: [[LedgerKey: [DocumentField]]] = Array(repeating: [:], count: count)
    for (key, entry) in ledger.entries.sorted(by: { $0.key < $1.key }) {
      let part = count == 1 ? 0 : part(of: key, count: count)
      let namespace = LedgerKey(namespace: key.namespace, group: "")
      groups[part][namespace, default: []].append(DocumentField(key.group, entry.document))
    }
    return groups.enumerated().map { part, namespaces in
      let fields = namespaces.sorted { $0.key < $1.key }.map { DocumentField($0.key.namespace, .fields($0.value)) }
      return JSONWriter.text(
        of: .fields([
          DocumentField("version", .number(version)),
          DocumentField("tenant", .text(tenant.name)),
          DocumentField("part", .number(part)),
          DocumentField("parts", .number(count)),
          DocumentField("namespaces", .fields(fields)),
        ]))
    }
  }

  private static func part(of key: LedgerKey, count: Int) -> Int {
    var text = CanonicalBytes()
    text.append(Array(key.namespace.utf8))
    text.append(Array(key.group.utf8))
    return SHA256.hash(text.bytes).prefix(4).reduce(0) { $0 << 8 | Int($1) } % count
  }

  private static func read(
    _ text: String, of tenant: TenantID, part: Int, count: Int?
  ) throws(LedgerFailure) -> (namespaces: DocumentNode, count: Int) {
    let document: DocumentNode
    do {
      document = try JSONReader.read(Array(text.utf8))
    } catch {
      throw .corrupt("\(error)")
    }
    guard document["version"]?.text == "\(version)" else {
      throw .corrupt("its version is \(document["version"]?.text ?? "missing"), and this program reads \(version)")
    }
    guard document["tenant"]?.text == tenant.name else {
      throw .corrupt("it is that of tenant \(document["tenant"]?.text ?? "nobody"), and not of \(tenant)")
    }
    guard document["part"]?.text == "\(part)", let found = document["parts"]?.text.flatMap({ Int($0) }), found > 0,
      count == nil || count == found
    else { throw .corrupt("its parts do not belong together") }
    guard let namespaces = document["namespaces"], let fields = namespaces.fields,
      fields.allSatisfy({ $0.value.fields != nil })
    else { throw .corrupt("it has no groups by namespace") }
    return (namespaces, found)
  }
}
