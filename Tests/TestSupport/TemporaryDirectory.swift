package import Foundation

/// A directory of a test's own, which is removed with it.
package final class TemporaryDirectory: Sendable {
  package let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "openmmt-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  package var path: String { url.path }

  /// Writes a file, wholly or not at all.
  package func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: url.appending(path: name), options: .atomic)
  }

  /// The text of a file.
  package func read(_ name: String) throws -> String {
    try String(contentsOf: url.appending(path: name), encoding: .utf8)
  }
}
