/// How a scalar is written. Only a plain one can be something else than text.
package enum ScalarStyle: Sendable, Equatable {
  /// As it is: a number, a truth value, null, or text. JSON's numbers, `true`, `false` and `null` too.
  case plain
  /// In quotes, on one or several lines.
  case singleQuoted, doubleQuoted
  /// A block, `|` or `>`, which begins on the line after its indicator.
  case literal, folded
}
