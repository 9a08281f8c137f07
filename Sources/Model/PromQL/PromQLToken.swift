/// A word of an expression, by its place in the text.
struct PromQLToken {
  let kind: PromQLTokenKind
  /// Where it stands, in bytes from the start of the text.
  let range: Range<Int>
}
