/// A compressed block that cannot be read.
package struct CorruptBlock: Error, Equatable, CustomStringConvertible {
  /// What is wrong.
  package let reason: String
  /// The byte of the block at which it was found.
  package let offset: Int

  package init(reason: String, offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  package var description: String { "snappy: \(reason) at byte \(offset)" }
}
