import FoundationEssentials
import Model
import Synchronization

/// An in-memory stand-in for Cortex, for trying out and for tests. It answers with Cortex' statuses
/// and texts, and keeps the newest sample of each series.
final class SandboxService: Sendable {
  /// What it refuses for want of room.
  let limits: SandboxLimits

  private let compression: any BlockCompression
  private let store: Mutex<SandboxStore>
  private let rules: SandboxRulesAPI

  /// An empty sandbox. All time is taken from `time`.
  init(compression: any BlockCompression, time: any TimeSource, limits: SandboxLimits = SandboxLimits()) {
    self.limits = limits
    self.compression = compression
    store = Mutex(SandboxStore(limits: limits, time: time))
    rules = SandboxRulesAPI(limits: limits)
  }

  /// Answers a request that is complete.
  func answer(_ head: RequestHead, body: SharedBytes) -> Answer {
    answer(head, body: .whole(body))
  }

  /// Answers a request whose body may have been too long to be kept.
  func answer(_ head: RequestHead, body: SandboxBody) -> Answer {
    guard let route = SandboxRoute(path: head.path) else { return .text(404, "404 page not found") }
    guard route.methods.isEmpty || route.methods.contains(head.method) else {
      return .text(405, "method not allowed", fields: ["Allow": route.methods.joined(separator: ", ")])
    }
    switch route {
    case .push: return push(head, body)
    case .allUserStats: return allUserStats(head)
    case .tenants: return tenants(head)
    case .series(let tenant): return series(of: tenant)
    case .health: return .text(200, "ready")
    case .rules(let path): return rules.answer(head, path, body: body)
    case .ruleGroups: return rules.allGroups
    }
  }

  /// Whether the body of a request is needed for its answer, and is not known to be too long.
  func bodyDecision(for head: RequestHead) -> BodyDecision {
    let isNeeded = head.method == "POST" && SandboxRoute(path: head.path)?.takesBody == true
    return isNeeded && (head.contentLength ?? 0) <= limits.maximumBodyLength ? .collect : .discard
  }

  // MARK: Remote write

  private func push(_ head: RequestHead, _ body: SandboxBody) -> Answer {
    do {
      try write(head, body)
      return Answer(status: 200)
    } catch {
      return error.answer
    }
  }

  /// In Cortex' order: who sends, in what form, what, and only then whether there can be such a tenant.
  private func write(_ head: RequestHead, _ body: SandboxBody) throws(SandboxRefusal) {
    guard let name = head.fields["X-Scope-OrgID"], !name.isEmpty else {
      throw SandboxRefusal(status: 401, text: "no org id")
    }
    try SandboxMediaType.check(head.fields)
    let request = try decode(body)
    let tenant: TenantID
    do {
      tenant = try TenantID(name)
    } catch {
      throw SandboxRefusal(status: 500, text: error.description)
    }
    if let refusal = store.withLock({ $0.write(request, of: tenant) }) { throw refusal }
  }

  private func decode(_ body: SandboxBody) throws(SandboxRefusal) -> SandboxWriteRequest {
    let contents = try decompress(body)
    do {
      return try SandboxWriteRequest(decoding: contents)
    } catch {
      throw .invalid(error.description)
    }
  }

  private func decompress(_ body: SandboxBody) throws(SandboxRefusal) -> [UInt8] {
    let block: SharedBytes
    switch body {
    case .whole(let bytes): block = bytes
    case .tooLong(let length): throw tooLong(length)
    }
    guard block.count <= limits.maximumBodyLength else { throw tooLong(block.count) }
    var contents = ByteBuilder()
    let length: Int
    do {
      length = try compression.decompressedLength(of: block.bytes)
      if length <= limits.maximumBodyLength { try compression.decompress(block.bytes, into: &contents) }
    } catch {
      throw .invalid("snappy: corrupt input")
    }
    guard length <= limits.maximumBodyLength else { throw tooLong(length) }
    return contents.freeze().array
  }

  private func tooLong(_ length: Int) -> SandboxRefusal {
    .invalid("received message larger than max (\(length) vs \(limits.maximumBodyLength))")
  }

  // MARK: What is there

  private func allUserStats(_ head: RequestHead) -> Answer {
    let stats = store.withLock { $0.userStats }
    guard accepts("application/json", head) else {
      return Answer(
        status: 200, fields: ["Content-Type": "text/html; charset=utf-8"],
        body: Array(SandboxPages.statsPage(stats).utf8))
    }
    // Cortex names no type, and Go guesses this one.
    return json(stats, type: "text/plain; charset=utf-8")
  }

  private func tenants(_ head: RequestHead) -> Answer {
    let summaries = store.withLock { $0.summaries }
    return accepts("text/plain", head) ? .text(200, SandboxPages.table(summaries)) : json(summaries)
  }

  private func series(of name: String) -> Answer {
    guard let tenant = try? TenantID(name), let series = store.withLock({ $0.series(of: tenant) }) else {
      return .text(404, "no such tenant")
    }
    return json(series)
  }

  private func accepts(_ type: String, _ head: RequestHead) -> Bool {
    head.fields["Accept"]?.contains(type) ?? false
  }

  private func json(_ value: some Encodable, type: String = "application/json") -> Answer {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return Answer(status: 200, fields: ["Content-Type": type], body: Array(try encoder.encode(value)))
    } catch {
      return .text(500, "\(error)")
    }
  }
}
