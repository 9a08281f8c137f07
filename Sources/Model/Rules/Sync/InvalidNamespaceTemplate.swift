/// Why a text is no template for the ruler's namespaces.
package struct InvalidNamespaceTemplate: Error, Sendable, Equatable, CustomStringConvertible {
  package var text: String
  package var reason: String

  package var description: String { "the namespace template \"\(text)\" \(reason)" }
}
