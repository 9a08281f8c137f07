/// A label of a series.
///
/// Labels are the same where their bytes are: `String` itself takes two spellings of one character
/// for equal, and sorts by them, which Cortex does not.
struct SandboxLabel: Hashable, Comparable, Sendable {
  var name: String
  var value: String

  static func == (left: SandboxLabel, right: SandboxLabel) -> Bool {
    left.name.utf8.elementsEqual(right.name.utf8) && left.value.utf8.elementsEqual(right.value.utf8)
  }

  static func < (left: SandboxLabel, right: SandboxLabel) -> Bool {
    left.name.utf8.elementsEqual(right.name.utf8)
      ? left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
      : left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
  }

  func hash(into hasher: inout Hasher) {
    for text in [name, value] {
      hasher.combine(text.utf8.count)
      for byte in text.utf8 { hasher.combine(byte) }
    }
  }
}
