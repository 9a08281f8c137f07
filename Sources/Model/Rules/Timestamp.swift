/// Times as Kubernetes writes them: RFC 3339 in UTC, to the second.
package enum Timestamp {
  /// The seconds since 1970; `nil` where the text is no such time. Fractions of a second are cut off.
  package static func seconds(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[4] == dash, bytes[7] == dash, bytes[13] == colon, bytes[16] == colon,
      bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t")
    else { return nil }
    guard let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
      let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
      1...12 ~= month, 1...31 ~= day, hour < 24, minute < 60, second <= 60,
      let offset = offset(bytes[19...])
    else { return nil }
    return daysSince1970(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset
  }

  /// The time so many seconds after the beginning of 1970.
  package static func text(_ seconds: Int64) -> String {
    let time = seconds.quotientAndRemainder(dividingBy: 86400)
    let day = time.remainder < 0 ? time.quotient - 1 : time.quotient
    let second = seconds - day * 86400
    let date = date(daysSince1970: day)
    let fields = [date.month, date.day, second / 3600, second / 60 % 60, second % 60].map { padded($0, to: 2) }
    return "\(padded(date.year, to: 4))-\(fields[0])-\(fields[1])T\(fields[2]):\(fields[3]):\(fields[4])Z"
  }

  private static let dash = UInt8(ascii: "-")
  private static let colon = UInt8(ascii: ":")

  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    var number: Int64 = 0
    for digit in digits {
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= digit else { return nil }
      number = number * 10 + Int64(digit - UInt8(ascii: "0"))
    }
    return number
  }

  /// The distance from UTC in seconds, of what follows the seconds: perhaps a fraction, then `Z` or `+01:00`.
  private static func offset(_ text: ArraySlice<UInt8>) -> Int64? {
    var rest = text
    if rest.first == UInt8(ascii: ".") { rest = rest.dropFirst().drop { number([$0]) != nil } }
    if rest.elementsEqual("Z".utf8) || rest.elementsEqual("z".utf8) { return 0 }
    let zone = Array(rest)
    guard zone.count == 6, zone[3] == colon, zone[0] == UInt8(ascii: "+") || zone[0] == dash,
      let hours = number(zone[1..<3]), let minutes = number(zone[4..<6])
    else { return nil }
    return (hours * 3600 + minutes * 60) * (zone[0] == dash ? -1 : 1)
  }

  private static func padded(_ number: Int64, to width: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  // The calendar repeats every 400 years, and a year that begins in March has its leap day at the end.
  // Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".

  private static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func date(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }
}
