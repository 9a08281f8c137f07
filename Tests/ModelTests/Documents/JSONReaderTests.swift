import Model
import TestSupport
import Testing

@Suite struct JSONReaderTests {
  @Test(arguments: [
    #"{"a":1,"b":[true,null,"x"],"c":{}}"#, #"[]"#, #""""#, #"-0.5e+10"#, #"{"é":"ü😀"}"#, #"["\\","\"","\n\t"]"#,
  ]) func whatIsWrittenReadsBack(_ text: String) throws {
    #expect(JSONWriter.text(of: try JSONReader.read(Array(text.utf8))) == text)
  }

  @Test func escapesAreRead() throws {
    let node = try JSONReader.read(Array(#""\u00e9\ud83d\ude00\/\b\f""#.utf8))
    #expect(node.text == "é😀/\u{8}\u{c}")
  }

  @Test(arguments: [
    ("", "1:1"), ("{", "1:2"), ("[1,]", "1:4"), (#"{"a" 1}"#, "1:6"), ("01", "1:2"), ("1.", "1:3"), ("tru", "1:4"),
    ("\n\n  x", "3:3"), (#""\ud800""#, "1:8"), (#""\x""#, "1:3"), (#""\u12g4""#, "1:6"), ("\"a\nb\"", "1:3"),
    (#""a"#, "1:3"), ("1 2", "1:3"),
  ]) func faultsHaveAPlace(_ text: String, _ position: String) throws {
    let error = try #require(throws: DocumentError.self) { try JSONReader.read(Array(text.utf8)) }
    #expect(error.position?.description == position)
  }

  @Test func textThatIsNoUnicodeIsRefused() {
    #expect(throws: DocumentError.self) { try JSONReader.read([0x22, 0xFF, 0x22]) }
  }

  @Test func nestingIsBounded() throws {
    let deepest = JSONReader.maximumDepth
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    _ = try JSONReader.read(nested(deepest))
    #expect(throws: DocumentError.self) { try JSONReader.read(nested(deepest + 1)) }
  }

  /// Whatever is damaged, there is an answer and no crash.
  @Test(arguments: UInt64(0)..<200) func damagedTextIsNoHarm(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var text = Array(#"{"a":[1,-2.5e3,true,{"b":"c\u00e9\ud83d\ude00\n"}],"d":null,"e":{"f":[]}}"#.utf8)
    for _ in 0...random.below(4) {
      switch random.below(3) {
      case 0: text[random.below(text.count)] = UInt8(random.below(256))
      case 1: text.remove(at: random.below(text.count))
      default: text.insert(random.pick(Array("{}[],:\"\\u0".utf8)), at: random.below(text.count))
      }
    }
    if let node = try? JSONReader.read(text) {
      let written = JSONWriter.bytes(of: node)
      #expect((try? JSONReader.read(written)).map { JSONWriter.bytes(of: $0) } == written)
    }
  }
}
