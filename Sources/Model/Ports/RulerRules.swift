/// All rule groups of a tenant in the ruler.
package struct RulerRules: Sendable {
  /// By namespace. A group that cannot be read is broken and not left out.
  package var namespaces: [String: [ResourceGroup]]
  /// Equal only for the same answer of the ruler, so that what was made of it can be kept; empty where unknown.
  package var fingerprint: String

  package init(namespaces: [String: [ResourceGroup]], fingerprint: String = "") {
    self.namespaces = namespaces
    self.fingerprint = fingerprint
  }
}
