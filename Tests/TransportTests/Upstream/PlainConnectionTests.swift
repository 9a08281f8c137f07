import Foundation
import Model
import TestSupport
import Testing
import Transport

/// Requests over connections without TLS, which are written and read without libcurl, against servers that behave in
/// all ways that HTTP/1.1 lets them, and some more.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct PlainConnectionTests {
  private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

  @Test func aRequestIsOneHeadAndItsBody() async throws {
    let server = try await RawUpstream.start { _, _ in .init(pieces: [Self.ok]) }
    let upstream = RunningUpstream(url: server.url) { $0.fields = ["X-More": "1 2"] }
    #expect(try await upstream.result() == .response(UpstreamResponse(status: 200)))
    let head = try #require(server.observed.value.heads.first?.first)
    #expect(
      head.split(separator: "\r\n").map(String.init) == [
        "POST /push?x=y HTTP/1.1", "Host: \(try #require(URL(string: server.url)?.port.map { "127.0.0.1:\($0)" }))",
        "User-Agent: tests/1", "X-Scope-OrgID: acme", "Content-Type: application/x-protobuf",
        "Content-Encoding: snappy", "X-Prometheus-Remote-Write-Version: 0.1.0", "X-More: 1 2", "Content-Length: 6",
      ])
  }

  @Test(
    arguments: [
      (
        ["HTTP/1.1 400 Bad\r\nTransfer-Enc", "oding: chunked\r\n\r\n4\r\nno s", "\r\n3\r\nuch\r\n0\r\n", "\r\n"],
        400, "no such"
      ),
      (["HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 429 Slow\r\nContent-Length: 4\r\n\r\n", "slow"], 429, "slow"),
      (["HTTP/1.1 204 No Content\r\n\r\n"], 204, ""),
    ] as [([String], Int, String)])
  func anAnswerInPiecesLeavesTheConnectionToTheNextRequest(
    pieces: [String], status: Int, message: String
  ) async throws {
    let server = try await RawUpstream.start { _, _ in .init(pieces: pieces) }
    let upstream = RunningUpstream(url: server.url)
    for _ in 0..<3 {
      #expect(try await upstream.result() == .response(UpstreamResponse(status: status, message: message)))
    }
    #expect(server.observed.value.heads.map(\.count) == [3])
  }

  @Test(
    arguments: [
      (["HTTP/1.1 502 Bad\r\n\r\n", "some text"], true, UpstreamResponse(status: 502, message: "some text")),
      (["HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"], false, UpstreamResponse(status: 200)),
      (["HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"], false, UpstreamResponse(status: 200)),
      (["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 500 Not asked"], false, UpstreamResponse(status: 200)),
    ] as [([String], Bool, UpstreamResponse)])
  func anAnswerThatEndsTheConnectionIsFollowedByAnother(
    pieces: [String], closes: Bool, expected: UpstreamResponse
  ) async throws {
    let server = try await RawUpstream.start { _, _ in .init(pieces: pieces, closes: closes) }
    let upstream = RunningUpstream(url: server.url)
    for _ in 0..<3 { #expect(try await upstream.result() == .response(expected)) }
    #expect(server.observed.value.heads.map(\.count) == [1, 1, 1])
    try await server.observed.wait(for: "the connections to close") { $0.openConnections == 0 }
  }

  @Test func aConnectionThatIsClosedWhileIdleIsGivenUp() async throws {
    let server = try await RawUpstream.start { _, request in .init(pieces: [Self.ok], closes: request == 1) }
    let upstream = RunningUpstream(url: server.url)
    for _ in 0..<6 { #expect(try await upstream.result() == .response(UpstreamResponse(status: 200))) }
    try await server.observed.wait(for: "the connections to close") { $0.openConnections == 0 }
    #expect(server.observed.value.heads.map(\.count) == [2, 2, 2])
  }

  @Test(
    arguments: [
      ("", "closed"), ("HTTP/1.1 200 OK\r\nContent-Le", "closed"),
      ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort", "closed"), ("220 mail ready\r\n", "malformed"),
    ])
  func whatIsNoAnswerIsAFailure(text: String, reason: String) async throws {
    let server = try await RawUpstream.start { _, _ in .init(pieces: [text], closes: true) }
    let upstream = RunningUpstream(url: server.url)
    for _ in 0..<2 { #expect(try await upstream.result()?.networkFailure?.contains(reason) == true) }
    #expect(server.observed.value.heads.map(\.count) == [1, 1])
  }

  /// What it sends last may come together with the news that it is the last.
  @Test func aConnectionWhoseServerSendsNothingMoreIsGivenUp() async throws {
    let server = try await RawUpstream.start { _, _ in .init(pieces: [Self.ok], closesOutput: true) }
    let upstream = RunningUpstream(url: server.url)
    for _ in 0..<20 { #expect(try await upstream.result() == .response(UpstreamResponse(status: 200))) }
  }

  @Test func aRequestWhoseAnswerHasBegunIsNotSentAgain() async throws {
    let server = try await RawUpstream.start { connection, request in
      connection == 0 && request == 1 ? .init(pieces: ["HTTP/1.1 2"], closes: true) : .init(pieces: [Self.ok])
    }
    let upstream = RunningUpstream(url: server.url)
    #expect(try await upstream.result() == .response(UpstreamResponse(status: 200)))
    #expect(try await upstream.result()?.networkFailure != nil)
    #expect(try await upstream.result() == .response(UpstreamResponse(status: 200)))
    #expect(server.observed.value.heads.map(\.count) == [2, 1])
  }

  @Test func aLargeBodyGoesOutInPieces() async throws {
    let server = try await RawUpstream.start { _, _ in .init(pieces: [Self.ok]) }
    let upstream = RunningUpstream(url: server.url)
    let results = UpstreamResults()
    let body = SharedBytes([UInt8](repeating: 7, count: 20 << 20))
    let requests = try (0..<3).map { index in
      UpstreamRequest(
        index: index, tenant: try TenantID("acme"), body: body, retryAttempt: "2", timeout: .seconds(60))
    }
    upstream.upstream.send(requests, reportingTo: results)
    let ended = try await results.wait(for: 3)
    #expect(ended.values.allSatisfy { $0 == .response(UpstreamResponse(status: 200)) })
    #expect(server.observed.value.bodyBytes == 3 * body.count)
    #expect(server.observed.value.heads.joined().allSatisfy { $0.contains("\r\nRetry-Attempt: 2\r\n") })
  }

  @Test func anAnswerMayComeBeforeTheEndOfTheRequest() async throws {
    let refusal = "HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig"
    let server = try await RawUpstream.start { _, _ in .init(pieces: [refusal], closes: true, isEarly: true) }
    let upstream = RunningUpstream(url: server.url)
    let results = UpstreamResults()
    let request = UpstreamRequest(
      index: 0, tenant: try TenantID("acme"), body: SharedBytes([UInt8](repeating: 7, count: 20 << 20)),
      retryAttempt: nil, timeout: .seconds(60))
    upstream.upstream.send([request], reportingTo: results)
    // What the server had not read when it closed may have cost its answer: that is how TCP is.
    let result = try #require(try await results.wait(for: 1)[0])
    #expect(result.networkFailure != nil || result == .response(UpstreamResponse(status: 413, message: "big")))
    #expect(try await upstream.result() == .response(UpstreamResponse(status: 413, message: "big")))
  }
}
