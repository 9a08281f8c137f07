/// What the names of metrics and labels may be, as the ruler is set up (`-name-validation-scheme` of Cortex).
package enum NamingScheme: String, Sendable, CaseIterable {
  /// Letters of ASCII, digits and underscores, in metrics colons too.
  case legacy
  /// Any text that is not empty.
  case utf8

  /// Whether a recording rule may write series of this name.
  package func allowsMetric(_ name: String) -> Bool {
    allows(name) { $0 == UInt8(ascii: ":") }
  }

  /// Whether a label or an annotation may have this name.
  package func allowsLabel(_ name: String) -> Bool {
    allows(name) { _ in false }
  }

  private func allows(_ name: String, besides isAllowed: (UInt8) -> Bool) -> Bool {
    guard let first = name.utf8.first else { return false }
    guard self == .legacy else { return true }
    return !Self.isDigit(first)
      && name.utf8.allSatisfy { Self.isLetter($0) || Self.isDigit($0) || $0 == UInt8(ascii: "_") || isAllowed($0) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }
}
