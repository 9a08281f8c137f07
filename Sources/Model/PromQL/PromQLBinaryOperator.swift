/// What stands between two operands.
package enum PromQLBinaryOperator: String, CaseIterable, Sendable {
  case or
  case and, unless
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  /// Late versions 3 only: cuts histograms off above a value.
  case trimUpper = "</"
  /// Late versions 3 only: cuts histograms off below a value.
  case trimLower = ">/"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case modulo = "%"
  case atan2
  case power = "^"

  /// Whether it compares: a filter, or with `bool` a test.
  package var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }

  /// Whether it joins vectors as sets.
  package var isSetOperator: Bool { self == .and || self == .or || self == .unless }

  /// How strongly it binds. Signs bind as strongly as `*`.
  var precedence: Int {
    switch self {
    case .or: 1
    case .and, .unless: 2
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .trimUpper, .trimLower: 3
    case .add, .subtract: 4
    case .multiply, .divide, .modulo, .atan2: 5
    case .power: 6
    }
  }

  /// Whether `a op b op c` is `a op (b op c)`.
  var isRightAssociative: Bool { self == .power }

  init?(_ kind: PromQLTokenKind) {
    switch kind {
    case .or: self = .or
    case .and: self = .and
    case .unless: self = .unless
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    case .trimUpper: self = .trimUpper
    case .trimLower: self = .trimLower
    case .add: self = .add
    case .subtract: self = .subtract
    case .multiply: self = .multiply
    case .divide: self = .divide
    case .modulo: self = .modulo
    case .atan2: self = .atan2
    case .power: self = .power
    default: return nil
    }
  }
}
