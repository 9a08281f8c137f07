/// A text that is no duration, with what Prometheus says of it.
package enum InvalidPromDuration: Error, Equatable, CustomStringConvertible {
  /// The text is empty.
  case empty
  /// A number or a unit is missing, a unit comes twice or after a smaller one, or a number has more than 64 bits.
  case malformed(String)
  /// What follows a number is none of `y`, `w`, `d`, `h`, `m`, `s` and `ms`.
  case unknownUnit(String, in: String)
  /// More than 2^63 - 1 nanoseconds, which are 292 years.
  case outOfRange

  package var description: String {
    switch self {
    case .empty: "empty duration string"
    case .malformed(let text): "not a valid duration string: \(GoQuoted.string(text))"
    case .unknownUnit(let unit, let text): "unknown unit \(GoQuoted.string(unit)) in duration \(GoQuoted.string(text))"
    case .outOfRange: "duration out of range"
    }
  }
}
