import Foundation
import Model
import TestSupport
import Testing

/// A load means the same, and is answered the same, whichever way it comes.
///
/// One at a time: all at once, on few processors, each would run into its own time limits.
@Suite(
  .enabled(
    if: FileManager.default.isExecutableFile(atPath: WriteClient.curl.path),
    "curl is not installed at \(WriteClient.curl.path)"),
  .serialized, .timeLimit(.minutes(5)))
struct WriteProtocolTests {
  private let load = TestLoad(["", "acme", "beta"])

  /// Runs `body` with a proxy that takes loads in some way, and with what sends them that way.
  private func withProxy(
    _ kind: WriteProtocol, _ arguments: [String] = [],
    script: @escaping ScriptedUpstream.Script = { _ in .answer(200) },
    _ body: (WriteClient, ScriptedUpstream) async throws -> Void
  ) async throws {
    let certificates = try await TestCertificates.shared
    let upstream = try await ScriptedUpstream.start(script: script)
    let proxy = try await ProxyProcess.start(kind.arguments(certificates) + arguments, upstream: upstream.url)
    try await body(WriteClient(kind: kind, port: proxy.port, certificates: certificates), upstream)
    let status = try await proxy.process.terminate(within: .seconds(60))
    #expect(status == .code(0), "\(proxy.process.errorLines)")
  }

  @Test(arguments: WriteProtocol.allCases)
  func everyTenantGetsItsSeries(_ kind: WriteProtocol) async throws {
    try await withProxy(kind) { client, upstream in
      let reply = try await client.send(try load.contents())
      #expect(reply.status == kind.status(200))
      #expect(reply.text.isEmpty)
      #expect(upstream.requests.count == 3)
      let expected = ["0": [0, 1, 2], "acme": [1], "beta": [2]]
      for request in upstream.requests {
        let series = (expected[request.tenant ?? ""] ?? []).map { load.request.timeseries[$0] }
        #expect(try request.writeRequest().timeseries == series)
        #expect(request.fields["Content-Encoding"] == "snappy")
        #expect(request.fields["X-Prometheus-Remote-Write-Version"] == "0.1.0")
      }
    }
  }

  /// Cortex acts on field 2 and on fields from 1000 on: nobody from outside may set them.
  @Test(arguments: WriteProtocol.allCases)
  func whatOnlyCortexMaySayIsTakenOut(_ kind: WriteProtocol) async throws {
    try await withProxy(kind) { client, upstream in
      let reserved = [2, 1000, 1001, 4711].flatMap { WireField($0, .varint(1)).bytes }
      let reply = try await client.send(reserved + (try load.contents()) + reserved)
      #expect(reply.status == kind.status(200))
      #expect(upstream.requests.map { $0.tenant ?? "" }.sorted() == ["0", "acme", "beta"])
      for request in upstream.requests { #expect(try !request.writeRequest().hasUnknownFields) }
      let everything = upstream.requests.first { $0.tenant == "0" }
      #expect(try everything?.writeRequest() == load.request)
    }
  }

  /// A row of the table of answers for each status that a sender may get.
  private static let answers = [
    AnswerCase.unavailable[2], AnswerCase.unavailable[5], AnswerCase.limited[0], AnswerCase.limited[1],
    AnswerCase.refused[0], AnswerCase.limited[3],
  ]

  @Test(arguments: WriteProtocol.allCases, answers)
  func theAnswerIsTheSame(_ kind: WriteProtocol, row: AnswerCase) async throws {
    try await withProxy(kind, script: row.script) { client, upstream in
      let reply = try await client.send(try load.contents())
      #expect(reply.status == kind.status(row.status))
      #expect(reply.fields["Retry-After"] == row.retryAfter)
      let lines = reply.text.split(separator: "\n")
      #expect(lines.count == row.lines.count, "\(reply.text)")
      for (line, beginning) in zip(lines, row.lines) { #expect(line.hasPrefix(beginning)) }
      #expect(Set(upstream.requests.compactMap(\.tenant)) == ["0", "acme", "beta"])
    }
  }

  @Test(arguments: WriteProtocol.allCases)
  func aBrokenBodyIsRefusedAsAWhole(_ kind: WriteProtocol) async throws {
    try await withProxy(kind) { client, upstream in
      let contents = try load.contents()
      for (body, text) in [
        (contents.dropLast(), "WriteRequest: cut short at byte "), (contents + [0x0b], "at byte \(contents.count)"),
        (Array("remote write".utf8), "protobuf: WriteRequest: "),
      ] {
        let reply = try await client.send(Array(body))
        #expect(reply.status == kind.status(400))
        #expect(reply.text.contains(text), "\(reply.text)")
        #expect(reply.fields["Retry-After"] == nil)
      }
      #expect(upstream.requests.isEmpty)
    }
  }

  @Test(arguments: WriteProtocol.allCases)
  func aLargeBodyIsRefused(_ kind: WriteProtocol) async throws {
    let limits = ["--content-length-limit", "4096", "--grpc-message-limit", "4096"]
    try await withProxy(kind, limits) { client, upstream in
      var random = SplitMix64(seed: 1)
      let reply = try await client.send((0..<8192).map { _ in UInt8(truncatingIfNeeded: random.next()) })
      #expect(reply.status == kind.status(413))
      #expect(reply.text.contains("4096"), "\(reply.text)")
      #expect(reply.fields["Retry-After"] == nil)
      #expect(upstream.requests.isEmpty)
    }
  }

  @Test(arguments: WriteProtocol.allCases)
  func anUnknownCompressionIsRefused(_ kind: WriteProtocol) async throws {
    try await withProxy(kind) { client, upstream in
      let reply = try await client.send(try load.contents(), encoding: "zstd")
      #expect(reply.status == kind.status(415))
      #expect(reply.text.contains("zstd"), "\(reply.text)")
      #expect(reply.fields["Retry-After"] == nil)
      #expect(upstream.requests.isEmpty)
    }
  }
}
