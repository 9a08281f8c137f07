/// The templates in labels and annotations of alerts: Go's `text/template` with Prometheus' functions and variables.
///
/// Sources: the documentation of `text/template`, Prometheus' template reference and its `rulefmt`; behaviour compared
/// with Go 1.27. A template is read as Go parses it, and not run: what fails only with certain labels is not found.
package enum AlertTemplate {
  /// The functions that may be called: Prometheus' own, and those of `text/template`.
  package static let functions: Set<String> = prometheusFunctions.union(builtinFunctions)

  static let prometheusFunctions: Set<String> = [
    "args", "externalURL", "first", "graphLink", "humanize", "humanize1024", "humanizeDuration", "humanizePercentage",
    "humanizeTimestamp", "label", "match", "now", "parseDuration", "pathPrefix", "query", "reReplaceAll", "safeHtml",
    "sortByLabel", "stripDomain", "stripPort", "strvalue", "tableLink", "title", "toDuration", "toLower", "toTime",
    "toUpper", "urlQueryEscape", "value",
  ]

  static let builtinFunctions: Set<String> = [
    "and", "call", "eq", "ge", "gt", "html", "index", "js", "le", "len", "lt", "ne", "not", "or", "print", "printf",
    "println", "slice", "urlquery",
  ]

  /// The variables that every template finds defined: Prometheus writes their definitions before its text, on the
  /// same line.
  static let variables = ["$labels", "$externalLabels", "$externalURL", valueVariable]

  /// The value of the alert's expression.
  static let valueVariable = "$value"
  static let valueField = ".Value"

  /// How deep parentheses may be nested. Go allows 10,000; in Swift each takes from the stack of a thread.
  package static let depthLimit = 200

  /// Checks a template.
  ///
  /// - Parameter name: the alert's name, by which Prometheus calls the template `__alert_<name>`.
  /// - Throws: the first error, in Go's words.
  package static func check(_ text: String, name: String) throws(TemplateError) -> TemplateFacts {
    // Most labels are plain text.
    guard text.utf8.contains(UInt8(ascii: "{")) else { return TemplateFacts() }
    var parser = TemplateParser(Array(text.utf8), name: "__alert_" + name)
    return try parser.parse()
  }
}
