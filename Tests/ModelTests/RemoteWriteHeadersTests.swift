import Model
import Testing

@Suite struct RemoteWriteHeadersTests {
  @Test(
    arguments: [
      [:],
      ["Content-Type": "", "Content-Encoding": ""],
      ["Content-Type": "application/x-protobuf"],
      ["Content-Encoding": "snappy"],
      ["content-type": "application/x-protobuf", "CONTENT-ENCODING": "snappy"],
      ["Content-Type": "Application/X-Protobuf", "Content-Encoding": "Snappy"],
      ["Content-Type": "application/x-protobuf;proto=prometheus.WriteRequest"],
      ["Content-Type": "application/x-protobuf; proto=prometheus.WriteRequest"],
      ["Content-Type": " application/x-protobuf ;\tPROTO = prometheus.WriteRequest "],
      ["Content-Type": "application/x-protobuf; charset=utf-8"],
      ["Content-Type": "application/x-protobuf;"],
      ["Content-Type": "application/x-protobuf; proto"],
    ] as [HeaderFields])
  func remoteWrite1IsTaken(fields: HeaderFields) {
    #expect(throws: Never.self) { try RemoteWriteHeaders.check(fields) }
  }

  @Test(
    arguments: [
      (["Content-Type": "application/json"], "expected application/x-protobuf"),
      (["Content-Type": "text/plain", "Content-Encoding": "snappy"], "got text/plain"),
      (["Content-Type": "application/x-protobuf2"], "got application/x-protobuf2"),
      (["Content-Type": ";proto=prometheus.WriteRequest"], "expected application/x-protobuf"),
      (["Content-Type": "application/x-protobuf;proto=io.prometheus.write.v2.Request"], "send 1.0"),
      (["Content-Type": "application/x-protobuf; proto=io.prometheus.write.v2.Request"], "remote write 2.0"),
      (["Content-Type": "application/x-protobuf; charset=utf-8; proto=x"], "unknown remote write message x"),
      (["Content-Type": "application/x-protobuf; proto=prometheus.writerequest"], "prometheus.writerequest"),
      (["Content-Type": "application/x-protobuf;proto="], "unknown remote write message"),
      // vmagent asks whether its own protocol is understood, and comes again with snappy after 415.
      (["Content-Type": "application/x-protobuf", "Content-Encoding": "zstd"], "only snappy is acceptable"),
      (["Content-Encoding": "gzip"], "gzip encoding"),
      (["Content-Encoding": "snappy, gzip"], "snappy, gzip encoding"),
    ] as [(HeaderFields, String)])
  func whatElseThereIsIsRefused(fields: HeaderFields, reason: String) throws {
    let error = #expect(throws: RemoteWriteHeaders.Unsupported.self) { try RemoteWriteHeaders.check(fields) }
    #expect(try #require(error).description.contains(reason))
  }
}
