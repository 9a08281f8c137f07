import Testing

@testable import App

struct SandboxDecoderTests {
  struct Broken: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let bytes: [UInt8]
    let error: SandboxWireError
  }

  static let broken: [Broken] = [
    Broken(testDescription: "length past the end", bytes: [0x0A, 0x05, 0x00], error: .truncated),
    Broken(testDescription: "key cut short", bytes: [0x80], error: .truncated),
    Broken(testDescription: "fixed64 cut short", bytes: [0x09, 1, 2], error: .truncated),
    Broken(testDescription: "fixed32 cut short", bytes: [0x0D, 1, 2], error: .truncated),
    Broken(
      testDescription: "varint of 70 bits", bytes: [0x10] + Array(repeating: 0xFF, count: 10),
      error: .varintTooLong),
    Broken(
      testDescription: "negative length", bytes: [0x0A] + Array(repeating: 0xFF, count: 9) + [0x01],
      error: .negativeLength),
    Broken(testDescription: "field 0", bytes: [0x00], error: .illegalTag(message: "WriteRequest", key: 0)),
    Broken(testDescription: "end of a group", bytes: [0x0C], error: .groupEnd(message: "WriteRequest")),
    Broken(testDescription: "group", bytes: [0x0B], error: .illegalWireType(3)),
    Broken(testDescription: "wire type 7", bytes: [0x0F], error: .illegalWireType(7)),
    Broken(testDescription: "series as a number", bytes: [0x08, 1], error: .wrongWireType(0, field: "Timeseries")),
    Broken(
      testDescription: "series as a fixed64", bytes: [0x09, 0, 0, 0, 0, 0, 0, 0, 0],
      error: .wrongWireType(1, field: "Timeseries")),
    Broken(
      testDescription: "metadata as a fixed32", bytes: [0x1D, 0, 0, 0, 0],
      error: .wrongWireType(5, field: "Metadata")),
    Broken(
      testDescription: "label in a series", bytes: [0x0A, 1, 0], error: .illegalTag(message: "TimeSeries", key: 0)),
    Broken(
      testDescription: "value of a sample", bytes: [0x0A, 4, 0x12, 2, 0x08, 1],
      error: .wrongWireType(0, field: "Value")),
    Broken(
      testDescription: "timestamp of a sample", bytes: [0x0A, 4, 0x12, 2, 0x12, 0],
      error: .wrongWireType(2, field: "TimestampMs")),
    Broken(testDescription: "label's name", bytes: [0x0A, 4, 0x0A, 2, 0x0A, 9], error: .truncated),
  ]

  @Test(arguments: broken)
  func refusesWhatIsNoMessage(_ broken: Broken) {
    #expect(throws: broken.error) { try SandboxWriteRequest(decoding: broken.bytes) }
  }

  @Test(arguments: [
    (SandboxWireError.truncated, "unexpected EOF"),
    (.varintTooLong, "proto: integer overflow"),
    (.negativeLength, "proto: negative length found during unmarshaling"),
    (.illegalTag(message: "TimeSeries", key: 0), "proto: TimeSeries: illegal tag 0 (wire type 0)"),
    (.groupEnd(message: "Sample"), "proto: Sample: wiretype end group for non-group"),
    (.illegalWireType(7), "proto: illegal wireType 7"),
    (.wrongWireType(0, field: "Labels"), "proto: wrong wireType = 0 for field Labels"),
  ])
  func saysWhatGoSays(_ error: SandboxWireError, _ text: String) {
    #expect(error.description == text)
  }

  @Test func readsAllOfARequest() throws {
    let exemplar = SandboxExemplar(labels: [SandboxLabel(name: "trace", value: "x")], value: 0.5, timestamp: 7)
    let body = SandboxPushBody().addingMetadata("m").addingMetadata("")
      .adding(
        [("__name__", "m"), ("é", "ü")], [(1, .infinity), (-2, -0.5)], exemplars: [exemplar], histograms: [(3, 9)])
    let request = try SandboxWriteRequest(decoding: body.bytes)

    #expect(request.metadata == ["m", ""])
    let series = try #require(request.series.first)
    #expect(series.name == "m")
    #expect(series.labels == [SandboxLabel(name: "__name__", value: "m"), SandboxLabel(name: "é", value: "ü")])
    #expect(series.samples.map(\.timestamp) == [1, -2])
    #expect(series.samples.map(\.value) == [.infinity, -0.5])
    #expect(series.histograms.map(\.timestamp) == [3])
    #expect(series.histograms.map(\.value) == [9])
    #expect(series.histograms.map(\.isHistogram) == [true])
    #expect(series.exemplars.map(\.labels) == [exemplar.labels])
    #expect(series.exemplars.map(\.value) == [0.5])
    #expect(series.exemplars.map(\.timestamp) == [7])
    #expect(series.sampleCount == 3)
  }

  /// A field that is not known is passed over, in the request and in each of its messages.
  @Test func passesOverUnknownFields() throws {
    var unknown = SandboxPushBody()
    unknown.varint(1000, 1)
    unknown.double(1001, 1)
    unknown.text(1002, "x")
    unknown.append(1003 << 3 | 5)
    unknown.append(0)
    unknown.append(0)
    unknown.append(0)
    unknown.append(0)
    var series = unknown
    for field: UInt64 in 1...4 { series.message(field, unknown) }
    var body = unknown
    body.message(1, series)
    body.message(3, unknown)

    let request = try SandboxWriteRequest(decoding: body.bytes)
    #expect(request.series.count == 1)
    #expect(request.series.first?.labels == [SandboxLabel(name: "", value: "")])
    #expect(request.series.first?.sampleCount == 2)
    #expect(request.metadata == [""])
  }

  /// A float histogram's count is a double in a field of its own.
  @Test func readsTheCountOfAFloatHistogram() throws {
    var histogram = SandboxPushBody()
    histogram.double(2, 2.5)
    var series = SandboxPushBody()
    series.message(4, histogram)
    var body = SandboxPushBody()
    body.message(1, series)
    #expect(try SandboxWriteRequest(decoding: body.bytes).series.first?.histograms.first?.value == 2.5)
  }

  /// The body is cut after each of its bytes: every beginning decodes, or throws, and nothing traps.
  @Test func survivesEveryCut() {
    let body = SandboxPushBody().addingMetadata("m")
      .adding([("__name__", "m")], [(1, 1)], histograms: [(1, 1)]).bytes
    for length in 0..<body.count {
      do {
        let request = try SandboxWriteRequest(decoding: Array(body[..<length]))
        #expect(request.series.isEmpty)
      } catch {
        #expect(error == .truncated)
      }
    }
  }

  /// `String` takes both spellings for equal; Cortex and the sandbox do not.
  @Test func tellsLabelsApartByTheirBytes() {
    let composed = SandboxLabel(name: "a", value: "\u{E9}")
    let decomposed = SandboxLabel(name: "a", value: "e\u{301}")
    #expect(composed.value == decomposed.value)
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed]).count == 2)
    #expect(decomposed < composed)
  }
}
