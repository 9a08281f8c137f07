/// The checksum of snappy's framing format: CRC-32 with Castagnoli's polynomial.
enum CRC32C {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { rest, _ in
      rest & 1 == 1 ? (rest >> 1) ^ 0x82F6_3B78 : rest >> 1
    }
  }

  /// The checksum of some bytes.
  static func checksum(of bytes: RawSpan) -> UInt32 {
    bytes.withUnsafeBytes { bytes in
      ~table.withUnsafeBufferPointer { table in
        bytes.reduce(~UInt32(0)) { rest, byte in
          (rest >> 8) ^ table[Int(UInt8(truncatingIfNeeded: rest) ^ byte)]
        }
      }
    }
  }

  /// The checksum as the framing format stores it: a checksum of data that holds checksums would be weak.
  static func masked(_ bytes: RawSpan) -> UInt32 {
    let checksum = checksum(of: bytes)
    return ((checksum >> 15) | (checksum << 17)) &+ 0xA282_EAD8
  }
}
