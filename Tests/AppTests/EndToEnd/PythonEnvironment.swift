import Foundation

/// The Python of the tests, which `Scripts/python-environment` makes, or the machine's own.
enum PythonEnvironment {
  /// The root of the repository.
  static let root = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }

  private static let candidates = [root.appending(path: ".build/python/bin/python"), URL(filePath: "/usr/bin/python3")]

  /// A Python that can import a module; `nil` where there is none.
  static func interpreter(importing module: String) -> URL? {
    candidates.first { canImport(module, $0) }
  }

  /// Why there is none.
  static func missing(_ module: String) -> String {
    "\(module) is in none of \(candidates.map(\.path)); Scripts/python-environment installs it"
  }

  private static func canImport(_ module: String, _ python: URL) -> Bool {
    guard FileManager.default.isExecutableFile(atPath: python.path) else { return false }
    let process = Process()
    process.executableURL = python
    process.arguments = ["-c", "import \(module)"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
