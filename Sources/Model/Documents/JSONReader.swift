/// Reads JSON (RFC 8259). Numbers keep their text, mappings their order.
///
/// Values have no positions: what is read as JSON was written by programs. Where the text is no JSON, the error says
/// where.
package struct JSONReader: ~Escapable {
  /// How deep lists and mappings may be nested.
  package static let maximumDepth = 128

  private let text: Span<UInt8>
  private var position = 0
  private var depth = 0

  @_lifetime(copy text)
  private init(_ text: Span<UInt8>) {
    self.text = text
  }

  /// Reads a text.
  ///
  /// - Throws: what is wrong with the text, and where.
  package static func read(_ text: [UInt8]) throws(DocumentError) -> DocumentNode {
    try read(text.span)
  }

  /// Reads a text.
  ///
  /// - Throws: what is wrong with the text, and where.
  package static func read(_ text: Span<UInt8>) throws(DocumentError) -> DocumentNode {
    var reader = JSONReader(text)
    let node = try reader.value()
    reader.skipSpace()
    guard reader.isAtEnd else { throw reader.fault("something stands after the value") }
    return node
  }

  // MARK: Values

  @_lifetime(self: copy self)
  private mutating func value() throws(DocumentError) -> DocumentNode {
    skipSpace()
    guard let next else { throw fault("the text ends where a value is expected") }
    switch next {
    case UInt8(ascii: "{"): return try nested { (reader) throws(DocumentError) in try reader.mapping() }
    case UInt8(ascii: "["): return try nested { (reader) throws(DocumentError) in try reader.sequence() }
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"): return try literal("true")
    case UInt8(ascii: "f"): return try literal("false")
    case UInt8(ascii: "n"): return try literal("null")
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw fault("a value is expected")
    }
  }

  /// Reads what begins with a bracket, unless too much is nested.
  @_lifetime(self: copy self)
  private mutating func nested(
    _ read: (inout JSONReader) throws(DocumentError) -> DocumentNode
  ) throws(DocumentError) -> DocumentNode {
    guard depth < Self.maximumDepth else { throw fault("nested deeper than \(Self.maximumDepth)") }
    depth += 1
    position += 1
    let node = try read(&self)
    depth -= 1
    return node
  }

  @_lifetime(self: copy self)
  private mutating func mapping() throws(DocumentError) -> DocumentNode {
    var fields: [DocumentField] = []
    skipSpace()
    if take(UInt8(ascii: "}")) { return .fields(fields) }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw fault("a name in quotes is expected") }
      let name = try string()
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw fault("a colon is expected") }
      fields.append(DocumentField(name, try value()))
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw fault("a comma or } is expected") }
    return .fields(fields)
  }

  @_lifetime(self: copy self)
  private mutating func sequence() throws(DocumentError) -> DocumentNode {
    var items: [DocumentNode] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .items(items) }
    repeat {
      items.append(try value())
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw fault("a comma or ] is expected") }
    return .items(items)
  }

  @_lifetime(self: copy self)
  private mutating func literal(_ word: StaticString) throws(DocumentError) -> DocumentNode {
    let name = "\(word)"
    for byte in name.utf8 {
      guard take(byte) else { throw fault("a value is expected") }
    }
    return DocumentNode(.scalar(name, .plain))
  }

  @_lifetime(self: copy self)
  private mutating func number() throws(DocumentError) -> DocumentNode {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits() }
    if take(UInt8(ascii: ".")) { try digits() }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    return DocumentNode(.scalar(try copy(start..<position), .plain))
  }

  @_lifetime(self: copy self)
  private mutating func digits() throws(DocumentError) {
    let start = position
    while let next, UInt8(ascii: "0")...UInt8(ascii: "9") ~= next { position += 1 }
    guard position > start else { throw fault("a digit is expected") }
  }

  // MARK: Strings

  @_lifetime(self: copy self)
  private mutating func string() throws(DocumentError) -> String {
    position += 1
    let start = position
    skipPlainCharacters()
    if next == UInt8(ascii: "\"") {
      defer { position += 1 }
      return try copy(start..<position)
    }
    return try stringWithEscapes(from: start)
  }

  /// Continues a string at its first escape.
  @_lifetime(self: copy self)
  private mutating func stringWithEscapes(from start: Int) throws(DocumentError) -> String {
    var result = try copy(start..<position)
    while true {
      switch next {
      case UInt8(ascii: "\""):
        position += 1
        return result
      case UInt8(ascii: "\\"):
        position += 1
        result.unicodeScalars.append(try escape())
      case nil: throw fault("the text ends within a string")
      default: throw fault("a control character stands in a string")
      }
      let run = position
      skipPlainCharacters()
      result += try copy(run..<position)
    }
  }

  /// Moves to the next quote, backslash or control character, or to the end.
  @_lifetime(self: copy self)
  private mutating func skipPlainCharacters() {
    while position < text.count {
      let byte = text[position]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { return }
      position &+= 1
    }
  }

  @_lifetime(self: copy self)
  private mutating func escape() throws(DocumentError) -> Unicode.Scalar {
    guard let letter = next else { throw fault("the text ends within a string") }
    let simple: Unicode.Scalar? =
      switch letter {
      case UInt8(ascii: "\""): "\""
      case UInt8(ascii: "\\"): "\\"
      case UInt8(ascii: "/"): "/"
      case UInt8(ascii: "b"): "\u{8}"
      case UInt8(ascii: "f"): "\u{C}"
      case UInt8(ascii: "n"): "\n"
      case UInt8(ascii: "r"): "\r"
      case UInt8(ascii: "t"): "\t"
      default: nil
      }
    guard simple != nil || letter == UInt8(ascii: "u") else { throw fault("there is no such escape") }
    position += 1
    if let simple { return simple }
    return try unicodeEscape()
  }

  /// The scalar of one or, for a surrogate pair, two escapes; the first `\u` is behind.
  @_lifetime(self: copy self)
  private mutating func unicodeEscape() throws(DocumentError) -> Unicode.Scalar {
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
      throw fault("half of a surrogate pair stands alone")
    }
    let second = try codeUnit()
    guard 0xDC00..<0xE000 ~= second, let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw fault("half of a surrogate pair stands alone") }
    return scalar
  }

  @_lifetime(self: copy self)
  private mutating func codeUnit() throws(DocumentError) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = next.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
        throw fault("four digits of hexadecimal are expected")
      }
      unit = unit << 4 | UInt32(digit)
      position += 1
    }
    return unit
  }

  // MARK: Bytes

  private var isAtEnd: Bool { position >= text.count }

  private var next: UInt8? {
    @inline(__always) get { position < text.count ? text[position] : nil }
  }

  /// Moves past a byte if it is the next one.
  @inline(__always)
  @_lifetime(self: copy self)
  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  @_lifetime(self: copy self)
  private mutating func skipSpace() {
    while let next, next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { position &+= 1 }
  }

  private func copy(_ range: Range<Int>) throws(DocumentError) -> String {
    do {
      return String(copying: try UTF8Span(validating: text.extracting(range)))
    } catch {
      throw fault("the text is no UTF-8", at: range.lowerBound + error.byteOffsets.lowerBound)
    }
  }

  private func fault(_ message: String) -> DocumentError {
    fault(message, at: position)
  }

  private func fault(_ message: String, at offset: Int) -> DocumentError {
    var line = 1
    var lineStart = 0
    for index in 0..<min(offset, text.count) where text[index] == 0x0A {
      line += 1
      lineStart = index + 1
    }
    return DocumentError(message, at: SourcePosition(line: line, column: offset - lineStart + 1))
  }
}
