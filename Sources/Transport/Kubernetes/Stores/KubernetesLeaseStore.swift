package import Model
internal import Synchronization

/// A Lease of Kubernetes.
package final class KubernetesLeaseStore: LeaseStore {
  private let client: KubernetesClient
  private let id: ResourceID
  /// The Lease as the server last had it: what others keep in it, such as labels, is written back with it.
  private let known = Mutex<DocumentNode?>(nil)

  package init(client: KubernetesClient, namespace: String, name: String) {
    self.client = client
    id = ResourceID(namespace: namespace, name: name)
  }

  package func read() async throws(LeaseFailure) -> Lease? {
    do throws(KubernetesFailure) {
      return try lease(try await client.get(.lease, id))
    } catch  where error.kind == .notFound {
      return nil
    } catch {
      throw .store(error.message)
    }
  }

  package func write(_ lease: Lease) async throws(LeaseFailure) -> Lease {
    do throws(KubernetesFailure) {
      let document =
        if lease.version == nil {
          try await client.create(.lease, in: id.namespace, self.document(lease, over: nil))
        } else {
          try await client.replace(.lease, id, self.document(lease, over: known.withLock { $0 }))
        }
      return try self.lease(document)
    } catch  where error.kind.saysOtherVersion(than: lease.version) {
      throw .conflict
    } catch {
      throw .store(error.message)
    }
  }

  private func lease(_ document: DocumentNode) throws(KubernetesFailure) -> Lease {
    guard let version = document["metadata"]?["resourceVersion"]?.text else {
      throw KubernetesFailure(.unreadable, "the server answered with something else than a Lease")
    }
    known.withLock { $0 = document }
    let spec = document["spec"]
    return Lease(
      holder: spec?["holderIdentity"]?.text ?? "",
      duration: .seconds(spec?["leaseDurationSeconds"]?.text.flatMap { Int($0) } ?? 0),
      acquired: spec?["acquireTime"]?.text.flatMap { MicroTime.seconds($0) } ?? 0,
      renewed: spec?["renewTime"]?.text.flatMap { MicroTime.seconds($0) } ?? 0,
      transitions: spec?["leaseTransitions"]?.text.flatMap { Int($0) } ?? 0,
      version: version)
  }

  /// - Parameter known: the Lease as the server last had it, which may be another version's.
  private func document(_ lease: Lease, over known: DocumentNode?) -> DocumentNode {
    let empty = DocumentNode.object([
      ("apiVersion", .text(ResourceKind.lease.apiVersion)),
      ("kind", .text(ResourceKind.lease.kind)),
      ("metadata", .object([("name", .text(id.name)), ("namespace", .text(id.namespace))])),
      ("spec", .object([])),
    ])
    var document = known ?? empty
    let fields: [(String, DocumentNode)] = [
      ("holderIdentity", .text(lease.holder)),
      // Whole seconds, and at least one. Others must not wait for less than the holder counts on.
      ("leaseDurationSeconds", .number(max(1, Int(lease.duration.inSeconds.rounded(.up))))),
      ("acquireTime", .text(MicroTime.text(lease.acquired))),
      ("renewTime", .text(MicroTime.text(lease.renewed))),
      ("leaseTransitions", .number(lease.transitions)),
    ]
    let spec = fields.reduce(document["spec"] ?? .object([])) { $0.setting($1.0, $1.1) }
    document = document.setting("spec", spec)
    guard let version = lease.version else { return document }
    let metadata = (document["metadata"] ?? .object([])).setting("resourceVersion", .text(version))
    return document.setting("metadata", metadata)
  }
}
