/// A hash of a group's canonical form: equal for equal content only, in every run and version of this program.
package struct ContentHash: Hashable, Sendable {
  /// The first 16 bytes of a SHA-256.
  private let high: UInt64
  private let low: UInt64

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}

extension ContentHash: CustomStringConvertible {
  /// - Parameter text: 32 digits of hexadecimal.
  /// - Returns: `nil` for any other text.
  package init?(text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 32, let high = Self.number(digits[..<16]), let low = Self.number(digits[16...]) else {
      return nil
    }
    self.init(high: high, low: low)
  }

  /// 32 digits of hexadecimal.
  package var text: String { Self.digits(high) + Self.digits(low) }

  package var description: String { text }

  private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
    var number: UInt64 = 0
    for digit in digits {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt64(digit - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
      default: return nil
      }
    }
    return number
  }

  private static func digits(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
