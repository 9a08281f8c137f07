import Model
import TestSupport
import Testing
import Transport

@Suite("YAML: bounds")
struct YAMLBoundsTests {
  @Test("a text of the greatest length is read, one byte more is not")
  func length() throws {
    #expect(try read("abcd", limits: YAMLLimits(maximumLength: 4)).map(flow) == ["abcd"])
    #expect(throws: DocumentError("the text has more than 4 bytes")) {
      try read("abcde", limits: YAMLLimits(maximumLength: 4))
    }
  }

  @Test(
    "nodes are counted, keys, documents and what aliases repeat among them",
    arguments: [
      ("[a, b, c]", 4), ("{a: b, c: d}", 5), ("a\n--- b\n---\n", 3), ("[&x [a, b], *x]", 7), ("[&x a, *x, *x]", 4),
      ("[&x {a: &y [b]}, *x, *y]", 11), ("a: &k b\n*k : c\n", 5),
    ])
  func nodes(text: String, count: Int) throws {
    _ = try read(text, limits: YAMLLimits(maximumNodes: count))
    let error = #expect(throws: DocumentError.self) { try read(text, limits: YAMLLimits(maximumNodes: count - 1)) }
    #expect(error?.message == "more than \(count - 1) nodes, counted with what aliases repeat")
  }

  @Test(
    "depth is counted, with what aliases bring",
    arguments: [
      ("a", 1), ("[a]", 2), ("{a: b}", 2), ("[[a], b]", 3), ("[&x [[a]], [[*x]]]", 6), ("[&x [&y [a]], [*y], *x]", 4),
      ("{a: &x {b: c}, d: {<<: *x}}", 4),
    ])
  func depth(text: String, depth: Int) throws {
    _ = try read(text, limits: YAMLLimits(maximumDepth: depth))
    let error = #expect(throws: DocumentError.self) { try read(text, limits: YAMLLimits(maximumDepth: depth - 1)) }
    #expect(error?.message == "nested more than \(depth - 1) levels deep")
  }

  @Test("a billion laughs are refused")
  func billionLaughs() {
    var text = "a0: &a0 [lol]\n"
    for level in 1...40 {
      text +=
        "a\(level): &a\(level) [" + [String](repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
    }
    let error = #expect(throws: DocumentError.self) { try read(text) }
    #expect(error?.message.hasPrefix("more than 2000000 nodes") == true)
  }

  @Test("the deepest nesting is refused and does not take the stack", arguments: ["[", "- ", "{a: ", "a: &x ["])
  func deepNesting(opening: String) {
    #expect(throws: DocumentError.self) { try read(String(repeating: opening, count: 100_000)) }
  }

  @Test(
    "only the keys of a document are read",
    arguments: [
      ("", []), ("---\n", []), ("a: {x: y}\nb: [1]\n---\nc: d\n", ["a", "b"]), ("{}", []),
    ])
  func keys(text: String, expected: [String]) throws {
    #expect(try YAMLReader().keys(in: Array(text.utf8)) == expected)
  }

  @Test("what is no mapping has no keys", arguments: ["a", "[a]", "a: [", "'' "])
  func noKeys(text: String) {
    #expect(throws: DocumentError.self) { try YAMLReader().keys(in: Array(text.utf8)) }
  }

  @Test("whatever the bytes, there is an answer, and the same one each time", arguments: 0..<20 as Range<UInt64>)
  func fuzz(seed: UInt64) {
    let pieces = [
      "a", "b: ", "- ", "\n", "  ", "\n  ", "[", "]", "{", "}", ", ", ": ", "? ", "&x ", "*x", "<<: ", "'", "\"", "|\n",
      ">-\n",
      "---\n", "...\n", "!!str ", "!", "%YAML 1.1\n", "#", "\t", "\\", "\u{E9}", "\u{1F600}", "\u{85}", "\u{2028}",
      "\r\n", "~", "0",
    ].map { Array($0.utf8) }
    var random = SplitMix64(seed: seed)
    for _ in 0..<500 {
      var text: [UInt8] = []
      for _ in 0..<random.below(40) { text += random.pick(pieces) }
      if random.oneIn(4), !text.isEmpty { text[random.below(text.count)] = UInt8(random.below(256)) }
      let limits = YAMLLimits(maximumLength: 4096, maximumNodes: 64, maximumDepth: 8)
      let first = outcome(text, limits)
      #expect(first == outcome(text, limits))
      if case .success(let documents) = first {
        #expect(documents.reduce(0) { $0 + nodes(in: $1) } <= 64)
      }
    }
  }

  private func outcome(_ text: [UInt8], _ limits: YAMLLimits) -> Result<[YAMLShape], DocumentError> {
    Result { () throws(DocumentError) in try YAMLReader(limits: limits).documents(in: text).map(shape) }
  }

  private func nodes(in shape: YAMLShape) -> Int {
    switch shape {
    case .scalar: 1
    case .sequence(let items): items.reduce(1) { $0 + nodes(in: $1) }
    case .mapping(let names, let values): values.reduce(1 + names.count) { $0 + nodes(in: $1) }
    }
  }
}
