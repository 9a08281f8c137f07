import Model

/// Reads one snappy block from its start to its end.
struct SnappyBlockReader {
  private let block: [UInt8]
  private var position = 0
  private var output: [UInt8] = []

  init(_ block: [UInt8]) {
    self.block = block
  }

  /// The length of the contents, which stands first: a varint of 32 bits.
  mutating func length() throws(CorruptBlock) -> Int {
    var length = 0
    for shift in stride(from: 0, through: 28, by: 7) {
      let byte = try next()
      length |= Int(byte & 0x7F) << shift
      guard byte >= 0x80 else {
        guard length <= Int(UInt32.max) else { break }
        return length
      }
    }
    throw CorruptBlock(reason: "length of more than 32 bits", offset: 0)
  }

  /// All of the contents. Nothing is allocated on the word of the header.
  mutating func contents() throws(CorruptBlock) -> [UInt8] {
    let length = try length()
    while position < block.count { try element(upTo: length) }
    guard output.count == length else { throw fault("contents end early") }
    return output
  }

  private mutating func element(upTo length: Int) throws(CorruptBlock) {
    let tag = Int(try next())
    switch tag & 3 {
    case 0: try literal(tag >> 2, upTo: length)
    case 1: try copy((tag >> 2 & 7) + 4, from: (tag >> 5) << 8 | Int(try next()), upTo: length)
    case 2: try copy((tag >> 2) + 1, from: try number(2), upTo: length)
    default: try copy((tag >> 2) + 1, from: try number(4), upTo: length)
    }
  }

  private mutating func literal(_ code: Int, upTo length: Int) throws(CorruptBlock) {
    let count = 1 + (code < 60 ? code : try number(code - 59))
    guard count <= block.count - position else { throw fault("literal is cut short") }
    guard count <= length - output.count else { throw fault("contents are longer than told") }
    output += block[position..<position + count]
    position += count
  }

  /// A copy may reach into what it writes.
  private mutating func copy(_ count: Int, from distance: Int, upTo length: Int) throws(CorruptBlock) {
    guard distance > 0, distance <= output.count else { throw fault("copy from outside of the contents") }
    guard count <= length - output.count else { throw fault("contents are longer than told") }
    for _ in 0..<count { output.append(output[output.count - distance]) }
  }

  /// A number of so many bytes, the lowest first.
  private mutating func number(_ bytes: Int) throws(CorruptBlock) -> Int {
    var number = 0
    for index in 0..<bytes { number |= Int(try next()) << (8 * index) }
    return number
  }

  private mutating func next() throws(CorruptBlock) -> UInt8 {
    guard position < block.count else { throw fault("block is cut short") }
    defer { position += 1 }
    return block[position]
  }

  private func fault(_ reason: String) -> CorruptBlock {
    CorruptBlock(reason: reason, offset: position)
  }
}
