package import Foundation
package import Model
import Synchronization

/// A kube-apiserver in memory, over HTTP: OpenMetricsRules with their status, ConfigMaps, Leases and Events; lists in
/// pages, watches, server-side apply with owners of fields, and preconditions.
///
/// The test changes objects as people would, and says where it is to fail.
package final class FakeKubernetes: Sendable {
  /// Asked first about every request; an answer is the answer.
  package typealias Script = @Sendable (ReceivedRequest) -> ScriptedAnswer?

  private struct State {
    var cluster = FakeCluster()
    var watches: [FakeWatch] = []
    var tokens: Set<String>
    var script: Script = { _ in nil }
  }

  private let state: Watched<State>
  private let server: ScriptedUpstream

  private init(state: Watched<State>, server: ScriptedUpstream) {
    self.state = state
    self.server = server
  }

  /// Starts a server on the loopback interface.
  ///
  /// - Parameters:
  ///   - port: 0 for any.
  ///   - token: the only one that is let in; `nil` lets everybody in.
  package static func start(port: Int = 0, token: String? = "secret") async throws -> FakeKubernetes {
    let state = Watched(State(tokens: token.map { [$0] } ?? []))
    let server = try await ScriptedUpstream.start(port: port) { Self.answer($0, state) }
    return FakeKubernetes(state: state, server: server)
  }

  /// Such as `http://127.0.0.1:4711`.
  package var url: String { "http://127.0.0.1:\(server.port)" }

  package var port: Int { server.port }

  /// All requests so far.
  package var requests: [ReceivedRequest] { server.requests }

  /// Waits until there was a request.
  package func wait(
    forRequest what: String, within limit: Duration = .seconds(10),
    _ isMeant: @escaping @Sendable (ReceivedRequest) -> Bool
  ) async throws {
    try await server.observed.wait(for: what, within: limit) { $0.requests.contains(where: isMeant) }
  }

  /// Waits until there were so many requests.
  package func wait(forRequests count: Int) async throws {
    try await server.requests(count: count)
  }

  /// Stops listening, and cuts all connections.
  package func stop() async throws {
    try await server.stop()
  }

  /// Writes a kubeconfig for this server.
  ///
  /// - Returns: its path.
  package func writeKubeconfig(in folder: URL, token: String = "secret", namespace: String = "default") throws -> String
  {
    let file = folder.appending(path: "kubeconfig-\(port)")
    let text = """
      apiVersion: v1
      kind: Config
      current-context: fake
      clusters:
        - name: fake
          cluster: {server: "\(url)"}
      users:
        - name: fake
          user: {token: "\(token)"}
      contexts:
        - name: fake
          context: {cluster: fake, user: fake, namespace: "\(namespace)"}

      """
    try text.write(to: file, atomically: true, encoding: .utf8)
    return file.path
  }

  // MARK: As people

  /// Somebody applies a resource by force, as `kubectl apply --server-side --force-conflicts` does.
  @discardableResult
  package func apply(_ rule: OpenMetricsRule, by manager: String = "kubectl") throws -> OpenMetricsRule {
    try apply(.openMetricsRule, rule.id, rule.document, by: manager)
    return try OpenMetricsRule(document: try document(.openMetricsRule, rule.id))
  }

  /// Somebody applies a resource by force.
  package func apply(_ kind: FakeKind, _ id: ResourceID, _ document: DocumentNode, by manager: String) throws {
    _ = try change { try $0.apply(kind, id, subresource: "", document, by: manager, force: true) }
  }

  /// Somebody deletes a resource.
  package func delete(_ kind: FakeKind, _ id: ResourceID) throws {
    try change { try $0.delete(kind, id) }
  }

  /// A resource as the server has it.
  package func document(_ kind: FakeKind, _ id: ResourceID) throws -> DocumentNode {
    try state.value.cluster.object(kind, id).document
  }

  /// All resources of a kind, by their names.
  package func documents(_ kind: FakeKind) -> [DocumentNode] {
    state.value.cluster.list(kind, in: nil, LabelSelector("")).map(\.document)
  }

  /// All rules.
  package var rules: [ResourceID: OpenMetricsRule] { Self.rules(state.value) }

  /// Returns the rules as soon as they satisfy a condition.
  @discardableResult
  package func wait(
    for what: String, within limit: Duration = .seconds(10),
    until isSatisfied: @escaping @Sendable ([ResourceID: OpenMetricsRule]) -> Bool
  ) async throws -> [ResourceID: OpenMetricsRule] {
    Self.rules(try await state.wait(for: what, within: limit) { isSatisfied(Self.rules($0)) })
  }

  private static func rules(_ state: State) -> [ResourceID: OpenMetricsRule] {
    let rules = state.cluster.list(.openMetricsRule, in: nil, LabelSelector("")).compactMap {
      try? OpenMetricsRule(document: $0.document)
    }
    return Dictionary(rules.map { ($0.id, $0) }) { $1 }
  }

  // MARK: As an operator

  /// Says what is answered otherwise from now on.
  package func script(_ script: @escaping Script) {
    state.update { $0.script = script }
  }

  /// Lets these tokens in from now on, and no others.
  package func setTokens(_ tokens: Set<String>) {
    state.update { $0.tokens = tokens }
  }

  /// How many watch.
  package var watchCount: Int { state.value.watches.count { !$0.feed.isOver.value } }

  /// Waits until so many watch.
  package func waitForWatches(_ count: Int = 1) async throws {
    try await state.wait(for: "\(count) watches") { $0.watches.count { !$0.feed.isOver.value } >= count }
  }

  /// Ends all watches as a server does from time to time.
  package func closeWatches() {
    for watch in takeWatches() { watch.feed.end() }
  }

  /// Cuts all watches, in the middle of an event.
  package func cutWatches() {
    for watch in takeWatches() {
      watch.feed.send("{\"type\":\"MODIFIED\",\"object\":{\"apiVer")
      watch.feed.cut()
    }
  }

  /// Ends all watches with an error.
  package func failWatches(code: Int, reason: String) {
    for watch in takeWatches() {
      watch.send("ERROR", FakeStatus(code: code, reason: reason, message: reason).document)
      watch.feed.end()
    }
  }

  /// Tells everybody who watches how far they are.
  package func sendBookmarks() {
    state.update { state in
      for watch in state.watches { watch.sendBookmark(state.cluster.version) }
    }
  }

  /// Forgets what has happened so far: nobody can go on from there.
  package func compact() {
    state.update { $0.cluster.compact() }
  }

  private func takeWatches() -> [FakeWatch] {
    state.update { state in
      defer { state.watches = [] }
      return state.watches
    }
  }

  private func change<Result: Sendable>(_ body: (inout FakeCluster) throws -> Result) throws -> Result {
    try state.update { try Self.change(&$0, body) }
  }

  /// Changes objects, and tells those who watch.
  private static func change<Result>(
    _ state: inout State, _ body: (inout FakeCluster) throws -> Result
  ) rethrows -> Result {
    let before = state.cluster.version
    let result = try body(&state.cluster)
    for happening in state.cluster.happenings.reversed().prefix(while: { $0.version > before }).reversed() {
      for watch in state.watches { watch.tell(happening) }
    }
    return result
  }

  // MARK: Answers

  private static func answer(_ request: ReceivedRequest, _ state: Watched<State>) -> ScriptedAnswer {
    if let answer = state.value.script(request) { return answer }
    return state.update { state in
      guard state.tokens.isEmpty || state.tokens.contains(where: { request.fields["Authorization"] == "Bearer \($0)" })
      else { return failure(FakeStatus(code: 401, reason: "Unauthorized", message: "Unauthorized")) }
      guard let request = FakeKubernetesRequest(request) else { return .answer(404, body: "404 page not found\n") }
      do {
        return try answer(request, &state)
      } catch let status as FakeStatus {
        return failure(status)
      } catch {
        return failure(FakeStatus(code: 400, reason: "BadRequest", message: "\(error)"))
      }
    }
  }

  private static func answer(_ request: FakeKubernetesRequest, _ state: inout State) throws -> ScriptedAnswer {
    guard let name = request.name else {
      switch request.method {
      case "GET" where request.query["watch"] == "1": return watch(request, &state)
      case "GET": return try list(request, state.cluster)
      case "POST":
        let body = try JSONReader.read(request.body)
        let object = try change(&state) {
          try $0.create(request.kind, in: request.namespace ?? "", body, by: request.manager)
        }
        return json(201, object.document)
      default: return .answer(405)
      }
    }
    let id = ResourceID(namespace: request.namespace ?? "", name: name)
    switch request.method {
    case "GET": return json(200, try state.cluster.object(request.kind, id).document)
    case "PUT":
      let body = try JSONReader.read(request.body)
      return json(200, try change(&state) { try $0.update(request.kind, id, body, by: request.manager) }.document)
    case "PATCH": return try patch(request, id, &state)
    case "DELETE":
      try change(&state) { try $0.delete(request.kind, id) }
      return json(200, .object([("kind", .text("Status")), ("apiVersion", .text("v1")), ("status", .text("Success"))]))
    default: return .answer(405)
    }
  }

  private static func patch(
    _ request: FakeKubernetesRequest, _ id: ResourceID, _ state: inout State
  ) throws -> ScriptedAnswer {
    let body = try JSONReader.read(request.body)
    switch request.contentType {
    case "application/apply-patch+yaml":
      let (object, isNew) = try change(&state) {
        try $0.apply(
          request.kind, id, subresource: request.subresource, body, by: request.manager,
          force: request.query["force"] == "true")
      }
      return json(isNew ? 201 : 200, object.document)
    case "application/merge-patch+json":
      return json(200, try change(&state) { try $0.merge(request.kind, id, body, by: request.manager) }.document)
    default:
      return failure(
        FakeStatus(code: 415, reason: "UnsupportedMediaType", message: "the body is of no type that is known"))
    }
  }

  private static func list(_ request: FakeKubernetesRequest, _ cluster: FakeCluster) throws -> ScriptedAnswer {
    var objects = cluster.list(
      request.kind, in: request.namespace, LabelSelector(request.query["labelSelector"] ?? ""))
    var version = cluster.version
    if let token = request.query["continue"] {
      // The moment of the first page, and how many came before.
      let parts = token.split(separator: "-").compactMap { Int($0) }
      guard parts.count == 2 else {
        throw FakeStatus(code: 400, reason: "BadRequest", message: "invalid continue token")
      }
      guard parts[0] >= cluster.compacted else {
        throw FakeStatus(
          code: 410, reason: "Expired", message: "The provided continue parameter is too old")
      }
      version = parts[0]
      objects.removeFirst(min(parts[1], objects.count))
    }
    let limit = request.query["limit"].flatMap { Int($0) } ?? .max
    let before = request.query["continue"]?.split(separator: "-").last.flatMap { Int($0) } ?? 0
    let token = objects.count > limit ? "\(version)-\(before + limit)" : ""
    let metadata: [(String, DocumentNode)] = [("continue", .text(token)), ("resourceVersion", .text("\(version)"))]
    return json(
      200,
      .object([
        ("apiVersion", .text(request.kind.apiVersion)), ("items", .items(objects.prefix(limit).map(\.document))),
        ("kind", .text("\(request.kind.kind)List")), ("metadata", .object(metadata)),
      ]))
  }

  private static func watch(_ request: FakeKubernetesRequest, _ state: inout State) -> ScriptedAnswer {
    let watch = FakeWatch(
      kind: request.kind, namespace: request.namespace, selector: LabelSelector(request.query["labelSelector"] ?? ""),
      feed: BodyFeed())
    let version = request.query["resourceVersion"].flatMap { Int($0) } ?? state.cluster.version
    if version < state.cluster.compacted {
      let message = "too old resource version: \(version) (\(state.cluster.version))"
      watch.send("ERROR", FakeStatus(code: 410, reason: "Expired", message: message).document)
      watch.feed.end()
    } else {
      for happening in state.cluster.happenings where happening.version > version { watch.tell(happening) }
      state.watches.removeAll { $0.feed.isOver.value }
      state.watches.append(watch)
    }
    return .feed(200, fields: ["Content-Type": "application/json"], watch.feed)
  }

  private static func failure(_ status: FakeStatus) -> ScriptedAnswer {
    json(status.code, status.document)
  }

  private static func json(_ status: Int, _ document: DocumentNode) -> ScriptedAnswer {
    .answer(status, fields: ["Content-Type": "application/json"], body: JSONWriter.text(of: document))
  }
}
