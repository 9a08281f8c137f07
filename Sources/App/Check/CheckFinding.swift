import Model

/// Something that `openmmt check` has to say, and where.
struct CheckFinding {
  /// The file as it was named or found; `-` for standard input.
  var file: String
  /// Where in it; `nil` for the file itself.
  var position: SourcePosition?
  var finding: RuleVerdict.Finding
  /// The line of the file that it is about; empty where there is none.
  var line: String
}
