/// Times as Kubernetes writes them in leases and events: RFC 3339 in UTC, with exactly six digits after the second. It
/// takes no others.
package enum MicroTime {
  /// - Parameter seconds: since 1970.
  package static func text(_ seconds: Double) -> String {
    let microseconds = Int64((seconds * 1e6).rounded())
    let whole = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    let second = whole.remainder < 0 ? whole.quotient - 1 : whole.quotient
    let digits = "\(microseconds - second * 1_000_000)"
    let fraction = String(repeating: "0", count: 6 - digits.utf8.count) + digits
    return "\(Timestamp.text(second).dropLast()).\(fraction)Z"
  }

  /// The seconds since 1970; `nil` where the text is no such time. Any number of digits is taken.
  package static func seconds(_ text: String) -> Double? {
    guard let whole = Timestamp.seconds(text) else { return nil }
    let fraction = text.drop { $0 != "." }.prefix { $0 == "." || $0.isNumber }
    return Double(whole) + (fraction.count > 1 ? Double("0\(fraction)") ?? 0 : 0)
  }
}
