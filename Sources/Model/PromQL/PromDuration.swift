/// A length of time as Prometheus writes it: `5m`, `1h30m`, `90d`. In PromQL it may be negative.
///
/// Rules write `for`, `keep_firing_for`, `interval` and `query_offset` this way, too.
///
/// Source: prometheus/common `model/time.go`, `ParseDuration` and `Duration.String`.
package struct PromDuration: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// No time at all, which is printed as `0s`.
  package static let zero = PromDuration(nanoseconds: 0)

  /// The length in nanoseconds, of which texts have whole milliseconds.
  package let nanoseconds: Int64

  package init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// A length in milliseconds, which is cut to the 292 years that nanoseconds can count.
  package init(milliseconds: Int64) {
    let (product, overflow) = milliseconds.multipliedReportingOverflow(by: 1_000_000)
    nanoseconds = overflow ? (milliseconds < 0 ? .min : .max) : product
  }

  /// The length in seconds.
  package var seconds: Double { Double(nanoseconds) / 1e9 }

  /// The length in whole milliseconds; what is less than one is cut off.
  package var milliseconds: Int64 { nanoseconds / 1_000_000 }

  package static func < (left: PromDuration, right: PromDuration) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The one form that Prometheus and Cortex give back: `60s` is `1m`, `14d` is `2w`, and `90d` stays.
  ///
  /// Years and weeks are used where nothing is left over, since `90d` reads better than `12w6d`.
  package var description: String {
    var rest = milliseconds.magnitude
    guard rest > 0 else { return "0s" }
    var text = nanoseconds < 0 ? "-" : ""
    for unit in Unit.allCases {
      let length = unit.nanoseconds / 1_000_000
      guard rest >= length, !unit.isPrintedOnlyAlone || rest.isMultiple(of: length) else { continue }
      text += "\(rest / length)\(unit)"
      rest %= length
    }
    return text
  }
}

extension PromDuration {
  /// Reads `0`, or numbers each followed by a unit, the units from the largest to the smallest: `1w2d`.
  ///
  /// - Throws: what is wrong with the text. Signs, spaces and fractions are not taken.
  package init(_ text: String) throws(InvalidPromDuration) {
    try self.init(text.utf8Span.span)
  }

  /// Reads UTF-8 text.
  ///
  /// - Throws: what is wrong with the text.
  init(_ text: Span<UInt8>) throws(InvalidPromDuration) {
    guard !text.isEmpty else { throw .empty }
    if text.count == 1, text[0] == UInt8(ascii: "0") {
      self = .zero
      return
    }
    var position = 0
    var total: UInt64 = 0
    var previous: Unit?
    while position < text.count {
      guard let count = Self.digits(at: &position, of: text) else { throw Self.malformed(text) }
      let start = position
      while position < text.count, !Self.isDigit(text[position]) { position += 1 }
      guard position > start else { throw Self.malformed(text) }
      let name = text.extracting(start..<position)
      guard let unit = Unit(name) else { throw .unknownUnit(String(repairing: name), in: String(repairing: text)) }
      if let previous, unit <= previous { throw Self.malformed(text) }
      previous = unit
      guard count <= (1 << 63) / unit.nanoseconds else { throw .outOfRange }
      total += count * unit.nanoseconds
      guard total < 1 << 63 else { throw .outOfRange }
    }
    nanoseconds = Int64(total)
  }

  /// A number of 64 bits; `nil` where there is no digit, or the number is too large.
  private static func digits(at position: inout Int, of text: Span<UInt8>) -> UInt64? {
    let start = position
    var value: UInt64 = 0
    while position < text.count, isDigit(text[position]) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt64(text[position] - UInt8(ascii: "0")))
      guard !overflow, !carry else { return nil }
      value = sum
      position += 1
    }
    return position > start ? value : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  private static func malformed(_ text: Span<UInt8>) -> InvalidPromDuration {
    .malformed(String(repairing: text))
  }
}

extension PromDuration {
  /// The units, from the largest to the smallest; a year has 365 days.
  private enum Unit: Int, CaseIterable, Comparable, CustomStringConvertible {
    case year, week, day, hour, minute, second, millisecond

    init?(_ name: Span<UInt8>) {
      switch (name.count, name[0], name.count == 2 ? name[1] : 0) {
      case (1, UInt8(ascii: "y"), _): self = .year
      case (1, UInt8(ascii: "w"), _): self = .week
      case (1, UInt8(ascii: "d"), _): self = .day
      case (1, UInt8(ascii: "h"), _): self = .hour
      case (1, UInt8(ascii: "m"), _): self = .minute
      case (1, UInt8(ascii: "s"), _): self = .second
      case (2, UInt8(ascii: "m"), UInt8(ascii: "s")): self = .millisecond
      default: return nil
      }
    }

    var nanoseconds: UInt64 {
      switch self {
      case .year: 365 * Unit.day.nanoseconds
      case .week: 7 * Unit.day.nanoseconds
      case .day: 24 * Unit.hour.nanoseconds
      case .hour: 60 * Unit.minute.nanoseconds
      case .minute: 60 * Unit.second.nanoseconds
      case .second: 1_000_000_000
      case .millisecond: 1_000_000
      }
    }

    /// Whether the unit is printed only where smaller ones are not needed beside it.
    var isPrintedOnlyAlone: Bool { self == .year || self == .week }

    var description: String {
      switch self {
      case .year: "y"
      case .week: "w"
      case .day: "d"
      case .hour: "h"
      case .minute: "m"
      case .second: "s"
      case .millisecond: "ms"
      }
    }

    static func < (left: Unit, right: Unit) -> Bool {
      left.rawValue < right.rawValue
    }
  }
}
