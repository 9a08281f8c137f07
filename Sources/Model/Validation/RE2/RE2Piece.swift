/// What is known of a part of a pattern. Parts are put together to larger ones; no tree is kept.
struct RE2Piece {
  /// How a part joins with its neighbours.
  enum Shape {
    /// Characters one after the other, which Go keeps in one node.
    case literal
    /// Parts one after the other.
    case sequence
    /// Parts to choose from.
    case choice
    case other
  }

  var shape = Shape.other
  var matchesEmpty = false
  /// Instructions when compiled, as Go counts them.
  var size = 1
  /// The height of Go's tree.
  var height = 1
  /// The greatest product of nested counts in it.
  var repetitions = 1
  var startsWithAnchor = false
  var endsWithAnchor = false
  /// Whether it matches one string only.
  var isLiteral = false

  /// A character; with case folding it is no literal, for it may stand for two.
  static func character(foldsCase: Bool) -> RE2Piece {
    RE2Piece(shape: .literal, isLiteral: !foldsCase)
  }

  /// One of several characters.
  static let characterClass = RE2Piece()
  /// Nothing, as in `()` or `a|`.
  static let empty = RE2Piece(matchesEmpty: true, isLiteral: true)
  static let startAnchor = RE2Piece(matchesEmpty: true, startsWithAnchor: true)
  static let endAnchor = RE2Piece(matchesEmpty: true, endsWithAnchor: true)
  /// `\b`: there is none in an empty string.
  static let wordBoundary = RE2Piece()
  /// `\B`.
  static let noWordBoundary = RE2Piece(matchesEmpty: true)

  /// This part and then another one.
  func followed(by next: RE2Piece) -> RE2Piece {
    let areLiterals = shape == .literal && next.shape == .literal
    return RE2Piece(
      shape: areLiterals ? .literal : .sequence,
      matchesEmpty: matchesEmpty && next.matchesEmpty,
      size: size + next.size,
      height: areLiterals ? 1 : 1 + max(height(within: .sequence), next.height(within: .sequence)),
      repetitions: max(repetitions, next.repetitions),
      startsWithAnchor: startsWithAnchor,
      endsWithAnchor: next.endsWithAnchor,
      isLiteral: isLiteral && next.isLiteral)
  }

  /// This part or another one.
  func or(_ other: RE2Piece) -> RE2Piece {
    RE2Piece(
      shape: .choice,
      matchesEmpty: matchesEmpty || other.matchesEmpty,
      size: size + other.size + 1,
      height: 1 + max(height(within: .choice), other.height(within: .choice)),
      repetitions: max(repetitions, other.repetitions),
      startsWithAnchor: startsWithAnchor || other.startsWithAnchor,
      endsWithAnchor: endsWithAnchor || other.endsWithAnchor)
  }

  /// This part in parentheses that capture.
  var captured: RE2Piece {
    var group = self
    group.shape = .other
    group.size += 2
    group.height += 1
    return group
  }

  /// This part, `range.minimum` to `range.maximum` times.
  func repeated(_ range: RE2Repetition) -> RE2Piece {
    RE2Piece(
      matchesEmpty: matchesEmpty || range.minimum == 0,
      size: max(1, range.size(of: size)),
      height: height + 1,
      repetitions: range.maximum == 0 ? 1 : repetitions * max(1, range.greatestCount))
  }

  /// The height without this part's own node, where it is merged into a node of the same shape.
  private func height(within shape: Shape) -> Int {
    self.shape == shape ? height - 1 : height
  }
}
