/// The order in which Go's yaml.v3 writes the keys of a map: as people would, with numbers by their size.
///
/// Source: yaml.v3 `sorter.go`.
enum GoKeyOrder {
  static func precedes(_ left: String, _ right: String) -> Bool {
    let left = Array(left.unicodeScalars)
    let right = Array(right.unicodeScalars)
    guard let index = zip(left, right).enumerated().first(where: { $1.0 != $1.1 })?.offset else {
      return left.count < right.count
    }
    let isAfterDigit = index > 0 && isDigit(left[index - 1])
    switch (isLetter(left[index]), isLetter(right[index])) {
    case (true, true): return left[index] < right[index]
    // A letter ends a number, and so comes before one more digit; else it comes after what is none.
    case (true, false): return isAfterDigit
    case (false, true): return !isAfterDigit
    case (false, false): return precedes(left, right, from: index)
    }
  }

  /// Compares the numbers that begin where two texts differ, else what stands there.
  private static func precedes(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar], from index: Int) -> Bool {
    // Within a number a zero is a digit like others; at its beginning it is not.
    let isWithinNumber = left[..<index].reversed().prefix(while: isDigit).contains { $0 != "0" }
    let offset = isWithinNumber && (left[index] == "0" || right[index] == "0") ? 1 : 0
    let leftDigits = left[index...].prefix(while: isDigit)
    let rightDigits = right[index...].prefix(while: isDigit)
    let numbers = (number(leftDigits, from: offset), number(rightDigits, from: offset))
    if numbers.0 != numbers.1 { return numbers.0 < numbers.1 }
    if leftDigits.count != rightDigits.count { return leftDigits.count < rightDigits.count }
    return left[index] < right[index]
  }

  private static func number(_ digits: ArraySlice<Unicode.Scalar>, from start: Int) -> Int64 {
    digits.reduce(Int64(start)) { $0 &* 10 &+ Int64($1.value) &- 48 }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .decimalNumber
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }
}
