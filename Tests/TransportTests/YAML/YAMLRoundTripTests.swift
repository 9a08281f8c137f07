import Model
import TestSupport
import Testing
import Transport

/// What is written is what libyaml reads, whatever is in it.
@Suite("YAML: written and read back")
struct YAMLRoundTripTests {
  @Test("a document reads back as it was", arguments: UInt64(0)..<400)
  func document(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let document = RandomDocument.make(&random)
    let text = YAMLWriter.text(of: document)
    let back = try read(text)
    #expect(back.map { JSONWriter.bytes(of: $0) } == [JSONWriter.bytes(of: document)], "\(text)")
  }

  @Test("several documents read back as they were", arguments: UInt64(0)..<50)
  func documents(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let documents = (0...random.below(5)).map { _ in RandomDocument.make(&random, depth: 2) }
    let back = try read(YAMLWriter.text(of: documents))
    #expect(back.map { JSONWriter.bytes(of: $0) } == documents.map { JSONWriter.bytes(of: $0) })
  }

  /// Rulers read JSON as YAML.
  @Test("JSON is YAML", arguments: UInt64(0)..<200)
  func json(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let document = RandomDocument.make(&random)
    let text = JSONWriter.text(of: document)
    #expect(try read(text).map { JSONWriter.text(of: $0) } == [text])
    #expect(JSONWriter.text(of: try JSONReader.read(Array(text.utf8))) == text)
  }

  @Test("what is no text stays what it is")
  func plain() throws {
    let values = ["5", "-1", "true", "null", "1.5", "yes", "0x1F", "2001-12-14"].map {
      DocumentNode(.scalar($0, .plain))
    }
    let back = try read(YAMLWriter.text(of: .items(values)))
    #expect(back.map(shape) == [shape(.items(values))])
  }
}
