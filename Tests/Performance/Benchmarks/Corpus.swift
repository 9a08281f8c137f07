import Foundation
import Model
import Transport

/// A body of the corpus.
struct Corpus {
  /// As a sender sends it.
  let packed: SharedBytes
  /// The write request in it.
  let plain: SharedBytes

  /// - Returns: `nil` where the file is no body of a corpus.
  init?(path: String) {
    guard let file = FileManager.default.contents(atPath: path) else { return nil }
    let packed = SharedBytes([UInt8](file))
    var contents = ByteBuilder()
    do {
      try Snappy().decompress(packed.bytes, into: &contents)
    } catch {
      return nil
    }
    self.packed = packed
    plain = contents.freeze()
  }
}
