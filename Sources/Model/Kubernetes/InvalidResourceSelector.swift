/// Why a text is no selector of resources.
package struct InvalidResourceSelector: Error, Sendable, Equatable, CustomStringConvertible {
  package var text: String
  package var reason: String

  package var description: String { "the selector \"\(text)\" \(reason)" }
}
