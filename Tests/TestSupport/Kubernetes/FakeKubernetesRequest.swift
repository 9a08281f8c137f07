import Foundation
import Model

/// A request to a ``FakeKubernetes``, taken apart.
struct FakeKubernetesRequest {
  let method: String
  let kind: FakeKind
  /// `nil` for all.
  let namespace: String?
  /// `nil` for all.
  let name: String?
  /// Empty for the object itself.
  let subresource: String
  let query: [String: String]
  let contentType: String
  let body: [UInt8]
  /// Who writes.
  let manager: String

  /// - Returns: `nil` where no kind is meant that is known.
  init?(_ request: ReceivedRequest) {
    let parts = request.target.split(separator: "?", maxSplits: 1)
    var segments = parts[0].split(separator: "/").map { Self.decoded($0) }
    guard let root = segments.first, segments.count >= 3 else { return nil }
    let apiVersion = root == "api" ? segments[1] : "\(segments[1])/\(segments[2])"
    segments.removeFirst(root == "api" ? 2 : 3)
    if segments.first == "namespaces", segments.count >= 3 {
      namespace = segments[1]
      segments.removeFirst(2)
    } else {
      namespace = nil
    }
    guard let kind = FakeKind.all.first(where: { $0.apiVersion == apiVersion && $0.plural == segments.first }) else {
      return nil
    }
    self.kind = kind
    name = segments.count > 1 ? segments[1] : nil
    subresource = segments.count > 2 ? segments[2] : ""
    guard subresource.isEmpty || subresource == "status" && kind.hasStatus else { return nil }
    let pairs = (parts.count > 1 ? parts[1] : "").split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
    query = Dictionary(pairs.map { (Self.decoded($0[0]), $0.count > 1 ? Self.decoded($0[1]) : "") }) { $1 }
    method = request.method
    contentType = request.fields["Content-Type"] ?? ""
    body = request.body
    let agent = (request.fields["User-Agent"] ?? "").prefix { $0 != "/" }
    manager = query["fieldManager"] ?? (agent.isEmpty ? "unknown" : String(agent))
  }

  private static func decoded(_ text: Substring) -> String {
    text.removingPercentEncoding ?? String(text)
  }
}
