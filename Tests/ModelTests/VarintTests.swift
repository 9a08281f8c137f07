import TestSupport
import Testing

@testable import Model

@Suite struct VarintTests {
  @Test(
    arguments: [
      (0, [0x00]), (1, [0x01]), (127, [0x7F]), (128, [0x80, 0x01]), (300, [0xAC, 0x02]),
      (16_383, [0xFF, 0x7F]), (16_384, [0x80, 0x80, 0x01]), (2_097_151, [0xFF, 0xFF, 0x7F]),
      (2_097_152, [0x80, 0x80, 0x80, 0x01]), (Int(Int32.max), [0xFF, 0xFF, 0xFF, 0xFF, 0x07]),
      (Int.max, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]),
    ] as [(Int, [UInt8])])
  func aValueHasItsBytesAndItsLength(value: Int, bytes: [UInt8]) {
    var output = ByteBuilder()
    Varint.append(value, to: &output)
    #expect(output.freeze().array == bytes)
    #expect(Varint.length(of: value) == bytes.count)
  }

  /// What is written is read again, at every power of two and beside it.
  @Test(arguments: 0..<63)
  func whatIsWrittenIsReadAgain(bit: Int) throws {
    for value in [(1 << bit) - 1, 1 << bit, (1 << bit) + 1] {
      var output = ByteBuilder()
      Varint.append(value, to: &output)
      let bytes = output.freeze().array
      #expect(bytes == WireBytes.varint(UInt64(value)), "value \(value)")
      var reader = WireReader(bytes.span, from: 0, to: bytes.count, message: "Test")
      #expect(try reader.varint() == UInt64(value), "value \(value)")
      #expect(reader.position == bytes.count, "value \(value)")
    }
  }
}
