/// The values of a family's one or two labels, as the key of a dictionary: no array has to be made to look one up.
struct LabelValues: Hashable {
  var first: String
  var second: String?

  /// As many values as there are labels.
  var count: Int { second == nil ? 1 : 2 }

  /// The value at a position, which is 0 or 1.
  subscript(position: Int) -> String {
    get { position == 0 ? first : second ?? "" }
    set {
      if position == 0 { first = newValue } else { second = newValue }
    }
  }
}
