/// Huffman's code of header fields, for ASCII (RFC 7541, appendix B).
enum HPACKHuffman {
  /// How long the codes of the 128 characters are, in bits. The code is canonical: among those of one
  /// length, codes are given in the order of the characters.
  private static let lengths: [Int] = [
    13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28,
    28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
    5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
    13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
    7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
    15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5,
    6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
  ]

  /// Beyond this length, characters that are not ASCII have a part in the order.
  private static let longest = 15

  /// The characters by their codes, each written with a leading 1.
  private static let characters: [Int: UInt8] = {
    var characters: [Int: UInt8] = [:]
    var code = 0
    for length in 1...longest {
      for character in lengths.indices where lengths[character] == length {
        characters[1 << length | code] = UInt8(character)
        code += 1
      }
      code <<= 1
    }
    return characters
  }()

  static func decode(_ bytes: ArraySlice<UInt8>) throws(MalformedReply) -> [UInt8] {
    var decoded: [UInt8] = []
    var code = 1
    for byte in bytes {
      for bit in (0..<8).reversed() {
        code = code << 1 | Int(byte >> bit & 1)
        guard let character = characters[code] else { continue }
        decoded.append(character)
        code = 1
      }
    }
    // What is left is padding: up to seven bits, all of them 1.
    guard code < 256, code & (code + 1) == 0 else { throw MalformedReply(description: "Huffman's code") }
    return decoded
  }
}
