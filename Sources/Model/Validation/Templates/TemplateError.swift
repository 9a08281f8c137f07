/// Why a text is no template.
package struct TemplateError: Error, Equatable, CustomStringConvertible {
  /// What is wrong, in Go's words.
  package let message: String
  /// The template's name, such as `__alert_InstanceDown`.
  package let name: String
  /// The line that Go reports: that of the last token it has looked at.
  package let line: Int
  /// Where in the text the fault is, in bytes.
  package let offset: Int

  package var description: String { "template: \(name):\(line): \(message)" }
}
