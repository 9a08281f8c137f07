import Model
import NIOCore
import NIOEmbedded
import TestSupport
import Testing

@testable import Transport

@Suite(.serialized, .timeLimit(.minutes(5)))
struct TLSHandlerTests {
  private func configuration(
    _ certificates: TestCertificates, clientAuthority: Bool = false
  ) -> TLSConfiguration {
    TLSConfiguration(
      certificateFile: certificates.server.certificate, keyFile: certificates.server.key,
      clientCAFile: clientAuthority ? certificates.authority.certificate : nil)
  }

  private func start(protocols: [String] = ["h2", "http/1.1"]) async throws -> EmbeddedTLS {
    let certificates = try await TestCertificates.shared
    return try EmbeddedTLS(
      configuration(certificates),
      TLSTestClient(authority: certificates.authority.certificate, protocols: protocols))
  }

  private func connected() async throws -> EmbeddedTLS {
    let tls = try await start()
    tls.talk()
    try #require(tls.receiver.events.count == 1)
    return tls
  }

  /// OpenSSL would wait for the rest before it writes anything.
  @Test func aHandshakeMessageThatDoesNotEndClosesTheConnectionAtTheNextAnswer() async throws {
    let tls = try await connected()
    let keyUpdate: [UInt8] = [24, 0, 0, 1, 0]
    let writer = TLSRecordWriter(secret: tls.client.trafficSecret)
    tls.send(writer.firstRecord(TLSRecordWriter.handshake, Array(keyUpdate.dropLast())))
    #expect(tls.channel.isActive)
    _ = try? tls.channel.writeOutbound(ByteBuffer(string: "an answer"))
    #expect(!tls.channel.isActive)
  }

  @Test func aPeerMayChangeItsKeys() async throws {
    let tls = try await connected()
    let writer = TLSRecordWriter(secret: tls.client.trafficSecret)
    tls.send(writer.firstRecord(TLSRecordWriter.handshake, [24, 0, 0, 1, 0]))
    try tls.channel.writeOutbound(ByteBuffer(string: "an answer"))
    #expect(tls.clientReads() == [Array("an answer".utf8)])
    #expect(tls.channel.isActive)
  }

  /// Whoever closes after an answer waits for its last part, which may be empty.
  @Test func whatIsEmptyLeavesAfterWhatWasWrittenBefore() async throws {
    let tls = try await connected()
    let holding = HeldWrites()
    try tls.channel.pipeline.syncOperations.addHandler(holding, position: .first)
    let answer = tls.channel.eventLoop.makePromise(of: Void.self)
    let end = tls.channel.eventLoop.makePromise(of: Void.self)
    let left = Watched<[String]>([])
    answer.futureResult.whenSuccess { left.update { $0.append("answer") } }
    end.futureResult.whenSuccess { left.update { $0.append("end") } }
    tls.channel.writeAndFlush(ByteBuffer(string: "an answer"), promise: answer)
    tls.channel.writeAndFlush(ByteBuffer(), promise: end)
    #expect(left.value == [])
    holding.release()
    #expect(left.value == ["answer", "end"])
  }

  // MARK: Handshakes

  @Test(arguments: [
    (["h2", "http/1.1"], ApplicationProtocol.http2, "h2"),
    (["http/1.1", "h2"], .http2, "h2"),
    (["http/1.1"], .http1, "http/1.1"),
    (["spdy/3", "http/1.1"], .http1, "http/1.1"),
    ([], nil, ""),
  ])
  func theServerChoosesTheProtocol(_ offer: [String], _ chosen: ApplicationProtocol?, _ name: String) async throws {
    let tls = try await start(protocols: offer)
    tls.talk()
    #expect(tls.receiver.events == [TLSHandshakeCompleted(applicationProtocol: chosen, peerName: nil)])
    #expect(tls.client.applicationProtocol == name)
    #expect(tls.clientError == nil)
  }

  @Test func nothingInCommonIsRefused() async throws {
    let tls = try await start(protocols: ["spdy/3"])
    tls.talk()
    #expect("\(try #require(tls.clientError))".contains("no application protocol"))
    #expect(tls.receiver.events.isEmpty)
    #expect(!tls.channel.isActive)
    #expect(tls.failures("refused") == 1)
  }

  @Test func aHandshakeComesAByteAtATime() async throws {
    let tls = try await start()
    tls.talk { $0.map { [$0] } }
    #expect(tls.receiver.events.map(\.applicationProtocol) == [.http2])
    try tls.client.write(Array("hello".utf8))
    for byte in tls.client.drain() { tls.send([byte]) }
    #expect(tls.receiver.bytes == Array("hello".utf8))
    #expect(tls.receiver.reads == 1)
  }

  @Test func aHandshakeIsCutAnywhere() async throws {
    let first = try await start()
    try first.client.handshake()
    let length = first.client.drain().count
    for position in 1..<length {
      let tls = try await start()
      tls.talk { position < $0.count ? [Array($0[..<position]), Array($0[position...])] : [$0] }
      guard tls.receiver.events.count == 1, tls.clientError == nil else {
        Issue.record("cut at \(position): \(String(describing: tls.clientError))")
        return
      }
    }
  }

  @Test func whatComesWithTheEndOfTheHandshakeComesAfterItsEvent() async throws {
    let tls = try await start()
    try tls.client.handshake()
    tls.send(tls.client.drain())
    tls.deliver()
    #expect(try tls.client.handshake())
    try tls.client.write(Array("early".utf8))
    tls.send(tls.client.drain())
    #expect(tls.receiver.bytesBeforeHandshake == 0)
    #expect(tls.receiver.bytes == Array("early".utf8))
  }

  // MARK: Clients' certificates

  enum ClientCertificate: CaseIterable {
    case good, withoutAlternativeNames, none, expired, ofAnotherAuthority
  }

  @Test(
    arguments: zip(
      ClientCertificate.allCases,
      ["agent.example", "plain-client", nil, nil, nil] as [String?]))
  func aClientProvesItself(_ which: ClientCertificate, _ name: String?) async throws {
    let certificates = try await TestCertificates.shared
    let certificate: TestCertificates.Pair? =
      switch which {
      case .good: certificates.client
      case .withoutAlternativeNames: certificates.plainClient
      case .none: nil
      case .expired: certificates.expiredClient
      case .ofAnotherAuthority: certificates.otherClient
      }
    let client = try TLSTestClient(authority: certificates.authority.certificate, certificate: certificate)
    let tls = try EmbeddedTLS(configuration(certificates, clientAuthority: true), client)
    tls.talk()
    #expect(tls.receiver.events.map(\.peerName) == (name.map { [$0] } ?? []))
    #expect(tls.channel.isActive == (name != nil))
    #expect(tls.failures("refused") == (name == nil ? 1 : 0))
    // With TLS 1.3 the client learns of the refusal when it reads.
    _ = tls.clientReads()
    #expect((tls.clientError == nil) == (name != nil))
  }

  // MARK: Peers that do not want to talk

  @Test(arguments: [
    "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "\u{16}\u{03}\u{01}\u{00}\u{05}nonsense", "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}",
    String(repeating: "x", count: 70_000),
  ])
  func garbageIsRefused(_ text: String) async throws {
    let tls = try await start()
    tls.send(Array(text.utf8))
    #expect(!tls.channel.isActive)
    #expect(tls.failures("refused") == 1)
    #expect(tls.receiver.bytes.isEmpty)
    tls.send(Array(text.utf8))
    #expect(tls.failures("refused") == 1)
  }

  @Test func aHandshakeHasALimitedTime() async throws {
    let tls = try await start()
    tls.channel.embeddedEventLoop.advanceTime(by: .milliseconds(9999))
    #expect(tls.channel.isActive)
    tls.channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
    #expect(!tls.channel.isActive)
    #expect(tls.failures("timeout") == 1)
  }

  @Test func aConnectionOutlivesTheTimeOfTheHandshake() async throws {
    let tls = try await connected()
    tls.channel.embeddedEventLoop.advanceTime(by: .seconds(3600))
    #expect(tls.channel.isActive)
  }

  @Test func aHandshakeHasALimitedLength() async throws {
    let certificates = try await TestCertificates.shared
    var configuration = configuration(certificates)
    configuration.handshakeByteLimit = 100
    let tls = try EmbeddedTLS(configuration, TLSTestClient(authority: certificates.authority.certificate))
    try tls.client.handshake()
    let hello = tls.client.drain()
    tls.send(Array(hello[..<100]))
    #expect(tls.channel.isActive)
    tls.send(Array(hello[100..<101]))
    #expect(!tls.channel.isActive)
    #expect(tls.failures("too_long") == 1)
  }

  @Test func aHandshakeIsGivenUpWhereTheServerEnds() async throws {
    let tls = try await start()
    tls.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    #expect(!tls.channel.isActive)
    #expect(tls.failures("closed") == 1)
  }

  @Test func tamperedBytesEndTheConnection() async throws {
    let tls = try await connected()
    try tls.client.write(Array("hello".utf8))
    var bytes = tls.client.drain()
    bytes[bytes.count - 1] ^= 1
    tls.send(bytes)
    #expect(tls.receiver.bytes.isEmpty)
    #expect(!tls.channel.isActive)
    #expect(tls.failures("refused") == 0)
  }

  // MARK: Data

  @Test(arguments: [1, 1000, 16 << 10, (16 << 10) + 1, 1 << 20])
  func bodiesPassBothWays(_ length: Int) async throws {
    let tls = try await connected()
    var random = SplitMix64(seed: UInt64(length))
    let body = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
    try tls.client.write(body)
    let encrypted = tls.client.drain()
    for start in stride(from: 0, to: encrypted.count, by: 100_001) {
      tls.send(Array(encrypted[start..<min(start + 100_001, encrypted.count)]))
    }
    #expect(tls.receiver.bytes == body)
    tls.channel.writeAndFlush(ByteBuffer(bytes: body), promise: nil)
    #expect(Array(tls.clientReads().joined()) == body)
  }

  @Test func whatIsWrittenTogetherIsOneRecord() async throws {
    let tls = try await connected()
    // The tickets of the session come first.
    #expect(tls.clientReads().isEmpty)
    let written = Watched(0)
    for part in ["head", "body", ""] {
      let promise = tls.channel.eventLoop.makePromise(of: Void.self)
      promise.futureResult.whenSuccess { written.update { $0 += 1 } }
      tls.channel.write(ByteBuffer(string: part), promise: promise)
    }
    #expect(tls.clientReads().isEmpty)
    #expect(written.value == 0)
    tls.channel.flush()
    #expect(written.value == 3)
    #expect(tls.clientReads() == [Array("headbody".utf8)])
  }

  @Test func whatIsWrittenBeforeTheHandshakeWaits() async throws {
    let tls = try await start()
    tls.channel.writeAndFlush(ByteBuffer(string: "early"), promise: nil)
    #expect(try tls.channel.readOutbound(as: ByteBuffer.self) == nil)
    tls.talk()
    #expect(tls.clientReads() == [Array("early".utf8)])
  }

  // MARK: Ends

  @Test func theEndIsSaidBeforeTheConnectionCloses() async throws {
    let tls = try await connected()
    tls.channel.close(promise: nil)
    _ = tls.clientReads()
    #expect(tls.client.isEnded)
    #expect(!tls.channel.isActive)
  }

  @Test func aClientsEndClosesTheConnection() async throws {
    let tls = try await connected()
    try tls.client.write(Array("last".utf8))
    tls.client.close()
    tls.send(tls.client.drain())
    #expect(tls.receiver.bytes == Array("last".utf8))
    #expect(!tls.channel.isActive)
    _ = tls.clientReads()
    #expect(tls.client.isEnded)
  }

  @Test func whatIsNotWrittenAtTheEndFails() async throws {
    let tls = try await connected()
    let promises = (0..<2).map { _ in tls.channel.eventLoop.makePromise(of: Void.self) }
    tls.channel.write(ByteBuffer(string: "never flushed"), promise: promises[0])
    tls.channel.close(promise: nil)
    tls.channel.writeAndFlush(ByteBuffer(string: "too late"), promise: promises[1])
    for promise in promises { #expect(throws: (any Error).self) { try promise.futureResult.wait() } }
  }
}
