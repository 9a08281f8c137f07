/// How often the part before is repeated.
struct RE2Repetition {
  /// How it is written: Go counts `x*` and `x{0,}` the same, but `x+` and `x{1,}` not.
  enum Form {
    case star, plus, optional, counted
  }

  var form: Form
  var minimum: Int
  /// `nil` for any number.
  var maximum: Int?

  static let star = RE2Repetition(form: .star, minimum: 0)
  static let plus = RE2Repetition(form: .plus, minimum: 1)
  static let optional = RE2Repetition(form: .optional, minimum: 0, maximum: 1)

  /// The greatest number that is written down.
  var greatestCount: Int {
    form == .counted ? maximum ?? minimum : 1
  }

  /// Whether the counts are limits that Go knows, and in order.
  var isValid: Bool {
    minimum <= RE2Syntax.repetitionLimit && minimum <= maximum ?? minimum
      && maximum ?? 0 <= RE2Syntax.repetitionLimit
  }

  /// The number of instructions for a part of `size` instructions.
  func size(of size: Int) -> Int {
    switch form {
    case .star: return 2 + size
    case .plus, .optional: return 1 + size
    case .counted:
      guard let maximum else { return minimum == 0 ? 2 + size : 1 + minimum * size }
      return maximum * size + maximum - minimum
    }
  }
}
