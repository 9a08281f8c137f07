/// Numbers as Prometheus writes them: Go's `%g` with as many digits as it takes to read the same number back.
///
/// Source: Go `strconv/ftoa.go` (`%e` for exponents below -4 or from 6 on when the digits are the fewest possible);
/// OpenMetrics 1.0 "Considerations: Canonical Numbers".
enum NumberText {
  /// A number in the shortest form: `10`, `0.005`, `1e+06`, `+Inf`, `NaN`.
  static func shortest(_ number: Double) -> String {
    if number.isNaN { return "NaN" }
    let sign = number.sign == .minus ? "-" : ""
    if number.isInfinite { return sign.isEmpty ? "+Inf" : "-Inf" }
    let (digits, point) = decimal(number.magnitude)
    let exponent = point - 1
    return sign + (-4..<6 ~= exponent ? fixed(digits, point) : scientific(digits, exponent))
  }

  /// A number in the form that OpenMetrics wants for the bounds of buckets: as ``shortest(_:)``, but recognisable as
  /// one with a fraction, so `10.0`.
  static func canonical(_ number: Double) -> String {
    let text = shortest(number)
    return number.isFinite && !text.contains { $0 == "." || $0 == "e" } ? text + ".0" : text
  }

  /// A number with all its digits and no exponent: Go's `%f` with as many decimals as it takes.
  static func plain(_ number: Double) -> String {
    guard number.isFinite else { return shortest(number) }
    let (digits, point) = decimal(number.magnitude)
    return (number.sign == .minus ? "-" : "") + fixed(digits, point)
  }

  /// A number without a fraction as Go's `%f` prints it: every digit exact, and six decimals.
  static func whole(_ number: Double) -> String {
    guard number.isFinite, number.rounded() == number else { return shortest(number) }
    // The digits, the lowest first, of a number that is 53 bits and some doublings.
    var digits = String(UInt64(number.magnitude.significand * 0x1p52)).utf8.reversed().map { Int($0 - 0x30) }
    for _ in 0..<max(0, Int(number.exponent) - 52) {
      var carry = 0
      for index in digits.indices {
        (carry, digits[index]) = (digits[index] * 2 + carry).quotientAndRemainder(dividingBy: 10)
      }
      if carry > 0 { digits.append(carry) }
    }
    return (number.sign == .minus ? "-" : "") + digits.reversed().map(String.init).joined() + ".000000"
  }

  /// The significant digits, and where the point stands, counted from the first of them.
  private static func decimal(_ magnitude: Double) -> (digits: Substring, point: Int) {
    guard magnitude > 0 else { return ("0", 1) }
    // Swift writes the fewest digits too, but puts the point elsewhere.
    let parts = magnitude.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".")
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let all = mantissa.joined()
    let digits = all.drop { $0 == "0" }
    let significant = digits.dropLast(digits.reversed().prefix { $0 == "0" }.count)
    return (significant, mantissa[0].count + exponent - (all.count - digits.count))
  }

  private static func fixed(_ digits: Substring, _ point: Int) -> String {
    if point <= 0 { return "0." + String(repeating: "0", count: -point) + digits }
    if digits.count <= point { return digits + String(repeating: "0", count: point - digits.count) }
    return "\(digits.prefix(point)).\(digits.dropFirst(point))"
  }

  private static func scientific(_ digits: Substring, _ exponent: Int) -> String {
    let fraction = digits.count > 1 ? ".\(digits.dropFirst())" : ""
    let padding = exponent.magnitude < 10 ? "0" : ""
    return "\(digits.prefix(1))\(fraction)e\(exponent < 0 ? "-" : "+")\(padding)\(exponent.magnitude)"
  }
}
