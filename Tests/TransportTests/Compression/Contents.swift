import TestSupport

/// Bytes to compress, and ways to hand bytes over.
enum Contents {
  /// Runs, noise and repetitions in some order.
  static func random(_ random: inout SplitMix64, upTo limit: Int) -> [UInt8] {
    var contents: [UInt8] = []
    let length = random.below(limit + 1)
    while contents.count < length {
      let count = min(1 + random.below(limit / 4 + 1), length - contents.count)
      switch random.below(3) {
      case 0: contents += [UInt8](repeating: UInt8(random.below(256)), count: count)
      case 1: contents += (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      default: contents += contents.prefix(count)
      }
    }
    return contents
  }

  /// The same bytes in parts, some of them empty.
  static func cut(_ bytes: [UInt8], _ random: inout SplitMix64) -> [[UInt8]] {
    var parts: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = rest.prefix(random.oneIn(4) ? random.below(4) : random.below(rest.count + 1))
      parts.append(Array(part))
      rest = rest.dropFirst(part.count)
    }
    return parts
  }
}
