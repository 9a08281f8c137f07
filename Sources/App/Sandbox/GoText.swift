/// Text as Go's `fmt` writes it, for the answers that Cortex gives.
enum GoText {
  /// The text in quotes, as `%q` has it; of a longer one only the first `limit` characters.
  static func quoted(_ text: String, limit: Int = .max) -> String {
    var result = "\""
    for scalar in text.unicodeScalars.prefix(limit) { result += escaped(scalar) }
    return result + "\""
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": "\\\""
    case "\\": "\\\\"
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case "\u{07}": "\\a"
    case "\u{08}": "\\b"
    case "\u{0B}": "\\v"
    case "\u{0C}": "\\f"
    case _ where scalar.value < 0x20 || scalar.value == 0x7F: "\\x" + hexadecimal(scalar.value, digits: 2)
    case _ where isPrintable(scalar): String(scalar)
    case _ where scalar.value < 0x10000: "\\u" + hexadecimal(scalar.value, digits: 4)
    default: "\\U" + hexadecimal(scalar.value, digits: 8)
    }
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    case .spaceSeparator: scalar == " "
    default: true
    }
  }

  /// A number in hexadecimal, filled up with zeros to so many digits.
  static func hexadecimal(_ number: some BinaryInteger, digits: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// The shortest text that reads back as the same number, as `%g` has it: with an exponent below
  /// 1e-4 and from 1e+06 on.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value > 0 ? "+Inf" : "-Inf" }
    let magnitude = value.magnitude
    guard magnitude != 0, magnitude < 1e-4 || magnitude >= 1e6 else { return withoutFraction("\(value)") }
    return scientific(value)
  }

  private static func withoutFraction(_ text: String) -> String {
    text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// Brings Swift's shortest text into the form `d.ddde±dd`.
  private static func scientific(_ value: Double) -> String {
    let parts = "\(value.magnitude)".split(separator: "e")
    let mantissa = parts[0].split(separator: ".")
    let fraction = mantissa.count > 1 ? mantissa[1] : ""
    let digits = (mantissa[0] + fraction).drop { $0 == "0" }
    let zeros = mantissa[0].count + fraction.count - digits.count
    let exponent = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) + mantissa[0].count - zeros - 1
    var tail = digits.dropFirst()
    while tail.last == "0" { tail.removeLast() }
    let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
    return (value < 0 ? "-" : "") + digits.prefix(1) + (tail.isEmpty ? "" : "." + tail)
      + (exponent < 0 ? "e-" : "e+") + power
  }

  /// A label set as Prometheus writes one: `{__name__="m", a="1"}`.
  static func labels(_ labels: [SandboxLabel]) -> String {
    "{" + labels.map { "\($0.name)=\(quoted($0.value))" }.joined(separator: ", ") + "}"
  }

  /// A label set as Cortex writes one where it checks it: `m{a="1"}`.
  static func metric(_ labels: [SandboxLabel]) -> String {
    let name = labels.firstIndex { $0.name == "__name__" && !$0.value.isEmpty }
    let others = labels.indices.filter { $0 != name }.map { labels[$0] }
    let text = name.map { labels[$0].value } ?? ""
    return !text.isEmpty && others.isEmpty ? text : text + self.labels(others)
  }

  /// A moment in RFC 3339, in UTC, with no more digits of its fraction than needed.
  ///
  /// - Parameter milliseconds: since 1970.
  static func time(milliseconds: Int64) -> String {
    let (seconds, fraction) = milliseconds.quotientAndRemainderRoundedDown(dividingBy: 1000)
    let (days, second) = seconds.quotientAndRemainderRoundedDown(dividingBy: 86_400)
    let (year, month, day) = date(days: days)
    let clock = [second / 3600, second / 60 % 60, second % 60].map { padded($0, 2) }.joined(separator: ":")
    var digits = Substring(padded(fraction, 3))
    while digits.last == "0" { digits.removeLast() }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(clock)\(digits.isEmpty ? "" : ".")\(digits)Z"
  }

  /// The date so many days after 1 January 1970. Counts in eras of 400 years that begin in March, so
  /// that a leap day is the last day of its year.
  private static func date(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = (days + 719_468).quotientAndRemainderRoundedDown(dividingBy: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  private static func padded(_ number: Int64, _ digits: Int) -> String {
    let text = "\(number.magnitude)"
    return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}

extension Int64 {
  /// Divides towards negative infinity: the remainder is never negative.
  ///
  /// - Precondition: `divisor` is positive.
  fileprivate func quotientAndRemainderRoundedDown(dividingBy divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
