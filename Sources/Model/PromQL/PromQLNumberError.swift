/// A text that is no number, with what Go says of it.
struct PromQLNumberError: Error, CustomStringConvertible {
  let text: String
  /// Whether it is one, but larger than any.
  let isOutOfRange: Bool

  var description: String {
    let what = isOutOfRange ? "value out of range" : "invalid syntax"
    return "strconv.ParseFloat: parsing \(GoQuoted.string(text)): \(what)"
  }
}
