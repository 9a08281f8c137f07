import Testing

@testable import Model

@Suite struct RecordBufferTests {
  @Test(arguments: [0, 1, 63, 64, 65, 1000])
  func recordsAreKeptInOrder(count: Int) {
    var buffer = RecordBuffer<UInt32>()
    for record in 0..<count { buffer.append(UInt32(record)) }
    #expect(buffer.count == count)
    #expect(buffer.isEmpty == (count == 0))
    #expect(buffer.indices == 0..<count)
    #expect(buffer.usedBytes == 4 * count)
    #expect(buffer.retainedBytes >= buffer.usedBytes)
    for index in buffer.indices {
      #expect(buffer[index] == UInt32(index))
      #expect(buffer.span[index] == UInt32(index))
    }
  }

  @Test func aRecordCanBeReplaced() {
    var buffer = RecordBuffer<Int>(repeating: 7, count: 3)
    buffer[1] = 8
    buffer.append(9)
    #expect(buffer.indices.map { buffer[$0] } == [7, 8, 7, 9])
  }

  @Test func theMemoryIsKept() {
    var buffer = RecordBuffer<Int>()
    for record in 0..<100 { buffer.append(record) }
    let retained = buffer.retainedBytes
    buffer.removeAll()
    #expect(buffer.count == 0)
    #expect(buffer.retainedBytes == retained)
    buffer.append(5)
    #expect(buffer[0] == 5)
  }
}
