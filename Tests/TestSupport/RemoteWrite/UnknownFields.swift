/// Adds fields that no schema of today has to messages at every level.
package struct UnknownFields {
  /// Where the choices come from.
  package var random: SplitMix64

  /// A message gets a field with a chance of one in so many.
  private let rarity: Int

  package init(random: SplitMix64, rarity: Int) {
    self.random = random
    self.rarity = rarity
  }

  /// `fields` with unknown ones between them, in every message below too; none at this level.
  package mutating func inside(_ fields: [WireField], of kind: MessageKind) -> [WireField] {
    fields.map { field in
      guard case .message(let inner) = field.value, let child = kind.message(in: field.number) else { return field }
      return WireField(field.number, .message(around(inside(inner, of: child), of: child)))
    }
  }

  /// `fields` with unknown ones of the top level: what Cortex acts on, and what nobody knows.
  package mutating func atTop(_ fields: [WireField]) -> [WireField] {
    var result = fields
    for _ in 0...random.below(3) {
      let number = random.pick([2, 1000, 1001, 1002, 4, 77])
      let value = number == 77 ? value() : .varint(random.next() & 1)
      result.insert(WireField(number, value), at: random.below(result.count + 1))
    }
    return result
  }

  private mutating func around(_ fields: [WireField], of kind: MessageKind) -> [WireField] {
    var result = fields
    while random.oneIn(rarity) {
      result.insert(field(of: kind), at: random.below(result.count + 1))
    }
    return result
  }

  private mutating func field(of kind: MessageKind) -> WireField {
    if let number = kind.newerField, random.oneIn(2) { return WireField(number, .varint(random.next())) }
    return WireField(random.pick([19, 100, 15000, 536_870_911]), value())
  }

  private mutating func value() -> WireValue {
    switch random.below(4) {
    case 0: .varint(random.next())
    case 1: .fixed64(random.next())
    case 2: .fixed32(UInt32(truncatingIfNeeded: random.next()))
    default: .bytes((0..<random.below(200)).map { _ in UInt8(truncatingIfNeeded: random.next()) })
    }
  }
}
