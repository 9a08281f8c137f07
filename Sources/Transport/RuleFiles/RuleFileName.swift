/// The name of a file below a directory of rules. It is told apart by its bytes, as file systems do: they keep files side by
/// side whose names Unicode calls equal.
struct RuleFileName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Relative to the directory.
  let description: String

  init(_ description: String) {
    self.description = description
  }

  static func == (left: RuleFileName, right: RuleFileName) -> Bool {
    left.description.utf8.elementsEqual(right.description.utf8)
  }

  static func < (left: RuleFileName, right: RuleFileName) -> Bool {
    left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
  }
}
