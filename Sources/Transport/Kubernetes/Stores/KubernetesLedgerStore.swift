package import Model
internal import Synchronization

/// Ledgers in ConfigMaps: one a tenant, or several for a tenant with very many groups.
package final class KubernetesLedgerStore: LedgerStore {
  /// By these the ConfigMaps are found.
  private static let label = "open-metrics.vgs.io/ledger"
  private static let firstPart = "first"
  private static let furtherPart = "further"
  /// Not a label, for tenants have names that labels may not have.
  private static let tenantAnnotation = "open-metrics.vgs.io/tenant"
  private static let dataKey = "ledger.json"
  private static let fieldManager = "openmetricsrule-informer-ledger"

  private let client: KubernetesClient
  private let namespace: String
  /// How many parts a tenant's ledger was last seen to have, so that those that are too many go.
  private let partCounts = Mutex<[TenantID: Int]>([:])

  /// - Parameter namespace: where the ConfigMaps are.
  package init(client: KubernetesClient, namespace: String) {
    self.client = client
    self.namespace = namespace
  }

  package func tenants() async throws(LedgerFailure) -> Set<TenantID> {
    do throws(KubernetesFailure) {
      let listing = try await client.list(
        .configMap, in: namespace, selector: "\(Self.label)=\(Self.firstPart)"
      ) { (document) throws(DocumentFault) in
        let metadata = document["metadata"]
        let id = ResourceID(namespace: namespace, name: metadata?["name"]?.text ?? "")
        return (id, metadata?["annotations"]?[Self.tenantAnnotation]?.text ?? "")
      }
      return Set(listing.items.values.compactMap { try? TenantID($0) })
    } catch {
      throw .store(error.message)
    }
  }

  package func load(_ tenant: TenantID) async throws(LedgerFailure) -> VersionedLedger {
    guard let first = try await part(0, of: 1, tenant) else { return VersionedLedger(Ledger(), version: nil) }
    let count = try LedgerCodec.partCount(in: first.text, of: tenant)
    var texts = [first.text]
    for index in 1..<max(1, count) {
      guard let part = try await part(index, of: count, tenant) else {
        // It may have gone because there is a newer ledger with another number of parts.
        if try await version(of: tenant) != first.version { throw .store("it was written while it was read") }
        throw .corrupt("part \(index) of \(count) is missing")
      }
      texts.append(part.text)
    }
    partCounts.withLock { $0[tenant] = count }
    return VersionedLedger(try LedgerCodec.ledger(from: texts, of: tenant), version: first.version)
  }

  package func save(
    _ ledger: Ledger, of tenant: TenantID, over version: String?
  ) async throws(LedgerFailure) -> String {
    let texts = LedgerCodec.parts(of: ledger, tenant: tenant)
    if texts.count > 1 {
      // The first part alone has a version to be fenced by. Who is behind it already writes no other part.
      guard try await self.version(of: tenant) == version else { throw .conflict }
      for index in 1..<texts.count { try await write(texts[index], index, of: texts.count, tenant) }
    }
    let newVersion = try await writeFirst(texts[0], tenant, over: version)
    await removeParts(of: tenant, butThose: texts.count)
    return newVersion
  }

  // MARK: ConfigMaps

  private func id(_ part: Int, of count: Int, _ tenant: TenantID) -> ResourceID {
    ResourceID(namespace: namespace, name: LedgerCodec.name(of: tenant, part: part, count: count))
  }

  private func part(
    _ index: Int, of count: Int, _ tenant: TenantID
  ) async throws(LedgerFailure) -> (text: String, version: String)? {
    let id = id(index, of: count, tenant)
    let document: DocumentNode
    let version: String
    do throws(KubernetesFailure) {
      document = try await client.get(.configMap, id)
      version = try Self.version(document)
    } catch  where error.kind == .notFound {
      return nil
    } catch {
      throw .store(error.message)
    }
    guard let text = document["data"]?[Self.dataKey]?.text else {
      throw .corrupt("ConfigMap \(id) has no \(Self.dataKey)")
    }
    return (text, version)
  }

  /// The version of a tenant's ledger; `nil` where it has none.
  private func version(of tenant: TenantID) async throws(LedgerFailure) -> String? {
    try await part(0, of: 1, tenant)?.version
  }

  private func writeFirst(
    _ text: String, _ tenant: TenantID, over version: String?
  ) async throws(LedgerFailure) -> String {
    let id = id(0, of: 1, tenant)
    let document = configMap(id, text, tenant, Self.firstPart)
    do throws(KubernetesFailure) {
      guard let version else { return try Self.version(try await client.create(.configMap, in: namespace, document)) }
      let replacement = document.settingMetadata(["resourceVersion": version])
      return try Self.version(try await client.replace(.configMap, id, replacement))
    } catch  where error.kind.saysOtherVersion(than: version) {
      throw .conflict
    } catch {
      throw .store(error.message)
    }
  }

  private func write(_ text: String, _ index: Int, of count: Int, _ tenant: TenantID) async throws(LedgerFailure) {
    let id = id(index, of: count, tenant)
    do throws(KubernetesFailure) {
      _ = try await client.apply(
        .configMap, id, as: Self.fieldManager, force: true, configMap(id, text, tenant, Self.furtherPart))
    } catch {
      throw .store(error.message)
    }
  }

  /// Removes the parts of the ledger before, where it had another number of them. One that stays is no harm.
  private func removeParts(of tenant: TenantID, butThose count: Int) async {
    let former = partCounts.withLock { counts in
      defer { counts[tenant] = count }
      return counts[tenant] ?? count
    }
    guard former != count else { return }
    for index in 1..<max(1, former) { try? await client.delete(.configMap, id(index, of: former, tenant)) }
  }

  private func configMap(_ id: ResourceID, _ text: String, _ tenant: TenantID, _ part: String) -> DocumentNode {
    .object([
      ("apiVersion", .text(ResourceKind.configMap.apiVersion)),
      ("kind", .text(ResourceKind.configMap.kind)),
      (
        "metadata",
        .object([
          ("name", .text(id.name)),
          ("namespace", .text(id.namespace)),
          ("labels", .texts([Self.label: part])),
          ("annotations", .texts([Self.tenantAnnotation: tenant.name])),
        ])
      ),
      ("data", .object([(Self.dataKey, .text(text))])),
    ])
  }

  private static func version(_ document: DocumentNode) throws(KubernetesFailure) -> String {
    guard let version = document["metadata"]?["resourceVersion"]?.text else {
      throw KubernetesFailure(.unreadable, "the server answered with something else than a ConfigMap")
    }
    return version
  }
}
