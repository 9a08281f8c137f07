/// Writes messages in ways that protobuf allows and no library chooses: needlessly long varints,
/// fields in any order, fields twice, lists packed in pieces or not at all.
///
/// A reader of protobuf reads the same from it as from ``WireField/bytes``.
package struct QuirkyEncoder {
  /// Where the choices come from.
  package var random: SplitMix64

  package init(random: SplitMix64) {
    self.random = random
  }

  /// One field after the other, in the order given.
  package mutating func encode(_ fields: [WireField]) -> [UInt8] {
    var output: [UInt8] = []
    for field in fields { output += encode(field) }
    return output
  }

  private mutating func encode(_ field: WireField) -> [UInt8] {
    switch field.value {
    case .message(let fields): delimited(field.number, encode(rearranged(fields)))
    case .packedVarints(let list): encodeList(list.map { .varint($0) }, field.number)
    case .packedFixed64(let list): encodeList(list.map { .fixed64($0) }, field.number)
    case .bytes(let bytes): delimited(field.number, bytes)
    case .varint(let value): tag(field) + varint(value)
    case .fixed64, .fixed32: tag(field) + field.value.bytes
    }
  }

  /// A list as a whole, or in pieces, packed and not.
  private mutating func encodeList(_ list: [WireValue], _ number: Int) -> [UInt8] {
    guard !list.isEmpty else { return delimited(number, []) }
    var output: [UInt8] = []
    var rest = list[...]
    while !rest.isEmpty {
      let piece = random.oneIn(2) ? rest : rest.prefix(1 + random.below(rest.count))
      rest = rest.dropFirst(piece.count)
      if random.oneIn(3) {
        for value in piece { output += encode(WireField(number, value)) }
      } else {
        output += delimited(number, piece.flatMap(\.bytes))
      }
    }
    return output
  }

  private mutating func delimited(_ number: Int, _ bytes: [UInt8]) -> [UInt8] {
    tag(WireField(number, .bytes([]))) + varint(UInt64(bytes.count)) + bytes
  }

  /// Many readers, SwiftProtobuf among them, take no more than five bytes for a tag.
  private mutating func tag(_ field: WireField) -> [UInt8] {
    varint(UInt64(field.number) << 3 | field.value.wireType, most: 5)
  }

  private mutating func varint(_ value: UInt64, most: Int = 10) -> [UInt8] {
    let room = most - WireBytes.varint(value).count
    return WireBytes.varint(value, padding: room > 0 && random.oneIn(8) ? 1 + random.below(room) : 0)
  }

  // MARK: Rearranging

  /// Changes what does not change the message: the order of different fields, defaults written or
  /// left out, and other values before the one that counts.
  private mutating func rearranged(_ fields: [WireField]) -> [WireField] {
    var result: [WireField] = []
    for field in fields where field.isOptional || !field.value.isDefault || random.oneIn(4) {
      if random.oneIn(6), let earlier = supersededValue(field) { result.append(earlier) }
      result.append(field)
    }
    return random.oneIn(2) ? reordered(result) : result
  }

  /// A value of the same field that does not count, because another follows.
  private mutating func supersededValue(_ field: WireField) -> WireField? {
    switch field.value {
    case .varint: WireField(field.number, .varint(random.next() & 1))
    case .fixed64: WireField(field.number, .fixed64(random.next()))
    case .bytes: WireField(field.number, random.pick(["", "superseded", "tenant_id", "a", "b"]))
    case .fixed32, .message, .packedVarints, .packedFixed64: nil
    }
  }

  /// Any order, except that fields of the same number keep theirs.
  private mutating func reordered(_ fields: [WireField]) -> [WireField] {
    let order = fields.shuffled(using: &random)
    var queues = Dictionary(grouping: fields, by: \.number)
    return order.compactMap { place in
      queues[place.number]?.isEmpty == false ? queues[place.number]?.removeFirst() : nil
    }
  }
}
