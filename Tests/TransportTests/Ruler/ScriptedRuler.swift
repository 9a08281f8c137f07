import Model
import Synchronization
import TestSupport

@testable import Transport

/// Answers requests as a script says, and keeps them.
final class ScriptedRuler: HTTPClient {
  typealias Script = @Sendable (HTTPRequest) throws(HTTPFailure) -> HTTPResponse

  private let script: Script
  private let received = Mutex<[HTTPRequest]>([])

  init(_ script: @escaping Script) {
    self.script = script
  }

  /// Gives everybody the same answer.
  convenience init(_ status: Int, _ body: String = "", fields: HeaderFields = [:]) {
    self.init { _ in HTTPResponse(status: status, fields: fields, body: Array(body.utf8)) }
  }

  /// Gives everybody a recorded answer.
  convenience init(_ recording: RecordedExchange) {
    self.init { _ in HTTPResponse(status: recording.status, fields: recording.fields, body: recording.body) }
  }

  var requests: [HTTPRequest] { received.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
    received.withLock { $0.append(request) }
    return try script(request)
  }

  func stream(_ request: HTTPRequest, silence: Duration) async throws(HTTPFailure) -> HTTPStreamedResponse {
    throw .network("a ruler streams nothing")
  }
}

extension CortexRulerClient {
  init(
    _ ruler: ScriptedRuler, url: String = "http://cortex:8080", dialect: RulerDialect = .cortex,
    fields: HeaderFields = [:]
  ) {
    self.init(
      RulerClientConfiguration(rulerURL: url, distributorURL: url, dialect: dialect, fields: fields), http: ruler)
  }
}

extension RuleKey {
  init(_ namespace: String = "default", _ group: String = "g1") throws {
    self.init(tenant: try TenantID("acme"), namespace: namespace, group: group)
  }
}

extension RulerReading {
  var content: Content? {
    if case .present(let content) = self { content } else { nil }
  }

  var failure: RulerFailure? {
    if case .unknown(let failure) = self { failure } else { nil }
  }

  var isAbsent: Bool {
    if case .absent = self { true } else { false }
  }
}
