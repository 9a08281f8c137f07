package import Foundation

/// The executables of this package, built along with the tests.
package enum BuiltProduct {
  /// Where an executable product is: next to the bundle of the tests that are running.
  package static func url(_ name: String) throws -> URL {
    let tests = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
    let url = tests.resolvingSymlinksInPath().deletingLastPathComponent().appending(path: name)
    guard FileManager.default.isExecutableFile(atPath: url.path) else { throw CocoaError(.fileNoSuchFile) }
    return url
  }
}
