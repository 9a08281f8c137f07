/// A part of a template that is closed by `{{end}}`.
struct TemplateBlock {
  enum Kind: String {
    case conditional = "if"
    case with
    case range
    /// `{{define "name"}}` and `{{block "name" .}}`, which are templates of their own.
    case definition = "define clause"
    case block = "block clause"
  }

  let kind: Kind
  /// How many variables were defined before it.
  let variableCount: Int
  /// Whether the dot was the alert's data before it.
  let outerDotIsAlert: Bool
  /// Whether `{{else}}` has come.
  var isElse = false

  /// Whether it is a template of its own.
  var isTemplate: Bool { kind == .definition || kind == .block }
}
