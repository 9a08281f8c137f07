import Model
import TestSupport
import Testing

/// A kube-apiserver that answers as one did that was recorded.
final class ReplayedKubernetes: Sendable {
  let server: ScriptedUpstream
  private let recordings: [RecordedExchange]

  /// - Parameter names: the recordings, each for one request, in this order.
  static func start(_ names: [String]) async throws -> ReplayedKubernetes {
    let recordings = try names.map { try RecordedExchange($0, of: "kubernetes") }
    let next = Watched(0)
    let server = try await ScriptedUpstream.start { _ in
      let number = next.update { next in
        defer { next += 1 }
        return next
      }
      guard number < recordings.count else { return .answer(599, body: "nothing was recorded") }
      let recording = recordings[number]
      return .answer(recording.status, fields: recording.fields, body: recording.text)
    }
    return ReplayedKubernetes(server: server, recordings: recordings)
  }

  private init(server: ScriptedUpstream, recordings: [RecordedExchange]) {
    self.server = server
    self.recordings = recordings
  }

  var url: String { "http://127.0.0.1:\(server.port)" }

  /// Expects the requests to be those that were recorded: the method, the target, the type of the body, and the body
  /// but for the order of its fields and the space between them.
  func expectRecordedRequests(sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(server.requests.count == recordings.count, sourceLocation: sourceLocation)
    for (request, recording) in zip(server.requests, recordings) {
      #expect(request.method == recording.head.method, sourceLocation: sourceLocation)
      #expect(request.target == recording.head.target, sourceLocation: sourceLocation)
      #expect(request.fields["Content-Type"] == recording.head.fields["Content-Type"], sourceLocation: sourceLocation)
      #expect(request.fields["Accept"] == "application/json", sourceLocation: sourceLocation)
      guard !recording.requestBody.isEmpty else {
        #expect(request.body.isEmpty, sourceLocation: sourceLocation)
        continue
      }
      let body = try JSONReader.read(request.body).sortedJSON
      #expect(body == (try JSONReader.read(recording.requestBody).sortedJSON), sourceLocation: sourceLocation)
    }
  }
}
