/// A parenthesis that is open, or the pattern as a whole.
struct RE2Group {
  /// Whether it captures what it matches.
  let isCapturing: Bool
  /// What held outside of it, and holds again after it.
  let outerFoldsCase: Bool

  /// The alternatives that are complete.
  private var choice: RE2Piece?
  /// The alternative that is being read, without its last part.
  private var sequence: RE2Piece?
  /// The last part, which a repetition may be applied to.
  private(set) var last: RE2Piece?

  init(isCapturing: Bool, outerFoldsCase: Bool) {
    self.isCapturing = isCapturing
    self.outerFoldsCase = outerFoldsCase
  }

  /// Adds a part to the alternative that is being read.
  mutating func append(_ piece: RE2Piece) {
    sequence = joined
    last = piece
  }

  /// Puts another part in the place of the last one.
  mutating func replaceLast(with piece: RE2Piece) {
    last = piece
  }

  /// Ends an alternative.
  mutating func endAlternative() {
    choice = whole
    sequence = nil
    last = nil
  }

  /// All that was read.
  var whole: RE2Piece {
    let alternative = joined ?? .empty
    return choice?.or(alternative) ?? alternative
  }

  private var joined: RE2Piece? {
    guard let last else { return nil }
    return sequence?.followed(by: last) ?? last
  }
}
