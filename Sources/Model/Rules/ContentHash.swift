/// A hash of a group's canonical form: equal for equal content only, in every run and version of this program.
package struct ContentHash: Hashable, Sendable, CustomStringConvertible {
  /// The first 16 bytes of a SHA-256, as 32 digits of hexadecimal.
  package var text: String

  package init(text: String) {
    self.text = text
  }

  package var description: String { text }
}
